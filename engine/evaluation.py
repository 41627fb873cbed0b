"""The final judgement over more rows than should be held: added up block by block.

What can be added up counts every row. A ranking (the AUC, the median error) cannot: of more than
100,000 rows it is found on every second, third, … one.
"""

import numpy as np

from engine import metrics
from engine.data.dataset import DataFacts, Prepared
from engine.data.preprocessing import Preprocessing
from engine.judgement.kept import Judgement, decide
from engine.network import Network

KEPT_ROWS = 100_000


def evaluate_rows(
    network: Network,
    prepared: Prepared,
    rows: np.ndarray,
    judgement: Judgement = metrics.EVEN_ODDS,
) -> dict[str, float]:
    """The figures of `metrics.evaluate` for the rows with these numbers, in bounded memory."""
    evaluation = Evaluation(prepared.facts, prepared.preprocessing, len(rows), judgement=judgement)
    for X, y in prepared.blocks(rows):
        evaluation.add(y, network.predict(X))
    return evaluation.figures()


class Evaluation:
    """Fed with `rows` rows in all."""

    def __init__(
        self,
        facts: DataFacts,
        preprocessing: Preprocessing,
        rows: int,
        kept: int = KEPT_ROWS,
        judgement: Judgement = metrics.EVEN_ODDS,
    ) -> None:
        self._judgement = judgement
        self._facts, self._preprocessing = facts, preprocessing
        self._every = max(1, -(-rows // kept))
        self._seen = 0
        self._kept: list[tuple[np.ndarray, np.ndarray]] = []
        self._sums: dict[str, float | np.ndarray] = {}

    def add(self, y: np.ndarray, outputs: np.ndarray) -> None:
        """Takes in prepared targets and the network's outputs (probabilities, values)."""
        kept = slice(-self._seen % self._every, None, self._every)
        self._kept.append((y[kept], outputs[kept]))
        self._seen += len(y)
        if self._every > 1:
            for name, value in self._summed(y, outputs).items():
                self._sums[name] = self._sums.get(name, 0.0) + value

    def figures(self) -> dict[str, float]:
        """What all of it came to."""
        y, outputs = (np.concatenate(parts) for parts in zip(*self._kept, strict=True))
        found = metrics.evaluate(y, outputs, self._facts, self._preprocessing, self._judgement)
        if self._every > 1:
            found |= self._whole()
        return found

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _summed(self, y: np.ndarray, outputs: np.ndarray) -> dict[str, float | np.ndarray]:
        if self._facts.task == "classification":
            probabilities = self._preprocessing.probabilities(outputs).astype(np.float64)
            found = decide(probabilities, self._preprocessing.classes, self._judgement)
            return {
                "matrix": metrics.confusion_matrix(y, found, probabilities.shape[1]),
                "loss": metrics.cross_entropies(y, probabilities).sum(),
            }
        if self._facts.task == "multilabel":
            means = metrics.evaluate(y, outputs, self._facts, self._preprocessing)
            return {name: value * len(y) for name, value in means.items() if name != "f1_macro"}
        error = outputs.astype(np.float64) - y
        scaled = error * self._preprocessing.target.scale
        return {
            "loss": np.square(error).sum() / y.shape[1],
            "mae": np.abs(scaled).sum() / y.shape[1],
            "squares": np.square(scaled).sum() / y.shape[1],
            "y": y.sum(axis=0, dtype=np.float64),
            "yy": np.square(y, dtype=np.float64).sum(axis=0),
        }

    def _whole(self) -> dict[str, float]:
        """The figures that count every row."""
        sums, rows = self._sums, self._seen
        if self._facts.task == "classification":
            loss = float(sums["loss"]) / rows
            return {**metrics.matrix_figures(np.asarray(sums["matrix"])), "loss": loss}
        if self._facts.task == "multilabel":
            return {name: float(value) / rows for name, value in sums.items()}
        squares = float(sums["squares"])
        scale = np.array(self._preprocessing.target.scale)
        spread = (np.asarray(sums["yy"]) - np.square(sums["y"]) / rows) * np.square(scale)
        found = {
            "loss": float(sums["loss"]) / rows,
            "mae": float(sums["mae"]) / rows,
            "rmse": (squares / rows) ** 0.5,
        }
        if spread.sum() > 0:
            found["r2"] = 1 - squares * len(scale) / float(spread.sum())
        return found
