"""What is true of the rows of one part, and what the network says of them, row by row."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def judgement(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`truth`, `outputs` and the numbers of the `rows`, of a sample where there are very many.

    Classes: indices `(rows,)` and probabilities `(rows, classes)`, with the confusion `matrix` of
    all rows looked at. Labels: 0 and 1, and probabilities, `(rows, labels)`. Numbers: both
    `(rows, targets)` in the target's own units. `total` counts the rows of the part.
    """
    if scene.outputs is None or scene.truth is None or scene.rows is None:
        return {}
    every = slice(None, None, max(1, -(-len(scene.rows) // scene.most)))
    truth, outputs = scene.truth[every], scene.outputs[every]
    found = {"rows": scene.rows[every], "total": np.array(scene.total)}
    if scene.facts.task == "regression":
        decode = scene.preprocessing.decode
        return found | {"truth": _table(decode(truth)), "outputs": _table(decode(outputs))}
    if scene.matrix is not None:
        found["matrix"] = scene.matrix.copy()
    return found | {"truth": truth.copy(), "outputs": probabilities(scene, outputs)}


def probabilities(scene: Scene, outputs: np.ndarray) -> np.ndarray:
    """`(rows, classes or labels)` from the network's outputs, which may be logits."""
    values = np.array(outputs)
    if scene.logits:
        values = _softmax(values) if _shares(scene, values) else _sigmoid(values)
    return np.array(scene.preprocessing.probabilities(values))


def _shares(scene: Scene, values: np.ndarray) -> bool:
    """Whether the outputs of a row share one probability."""
    return scene.facts.task == "classification" and values.shape[1] > 1


def _softmax(logits: np.ndarray) -> np.ndarray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    """Without overflow: e^-|z| is at most 1."""
    small = np.exp(-np.abs(logits))
    return np.where(logits >= 0, 1.0, small) / (1.0 + small)


def _table(values: np.ndarray) -> np.ndarray:
    return np.asarray(values, float).reshape(len(values), -1)
