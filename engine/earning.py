"""Whether a network earns its keep: its figures beside those of the baselines, with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine import bootstrap
from engine.baselines import Baselines
from engine.bootstrap import Interval
from engine.data.dataset import Prepared
from engine.judgement.kept import Judgement
from engine.metrics import EVEN_ODDS, evaluate
from engine.project import Project, Trained
from engine.uncertainty import predicted

NETWORK = "network"
FALLS = frozenset({"loss", "mae", "rmse", "median_absolute_error"})
UNEVEN = 1.5
"""Classes are uneven where the most frequent one has so many times its even share."""

Outcome = Literal["better", "worse", "open"]


@dataclass(frozen=True)
class Row:
    """One model: its figures on validation rows, and how far each would vary on others."""

    name: str
    figures: Mapping[str, float]
    intervals: Mapping[str, Interval]
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """The network against the best baseline by one figure.

    `difference` is how far the network is ahead (in the figure's units, above 0 is better), with
    its interval on the same samples of rows. It is "open" where that interval holds 0.
    """

    figure: str
    network: float
    baseline: str
    value: float
    ahead: float
    difference: Interval

    @property
    def outcome(self) -> Outcome:
        if self.difference.low > 0:
            return "better"
        return "worse" if self.difference.high < 0 else "open"


@dataclass(frozen=True)
class Comparison:
    """The network first, then the baselines; `rows_judged` validation rows."""

    rows: tuple[Row, ...]
    verdict: Verdict
    rows_judged: int
    trained_on: int
    training_rows: int


def compare(
    project: Project, trained: Trained, prepared: Prepared, baselines: Baselines
) -> Comparison:
    """Judges the network and the baselines on the same rows, by the same figures and threshold."""
    y, outputs = predicted(project, trained, prepared, baselines.judged)
    judgement, seconds = project.judgement, trained.progress.seconds
    named = [(NETWORK, outputs, seconds)]
    named += [(model.name, model.outputs, model.seconds) for model in baselines.models]
    samples = [_samples(y, each, prepared, judgement) for _, each, _ in named]
    rows = tuple(
        _row(name, y, each, prepared, judgement, spread, seconds)
        for (name, each, seconds), spread in zip(named, samples, strict=True)
    )
    verdict = _verdict(rows, samples, _deciding(y, prepared))
    return Comparison(rows, verdict, len(y), baselines.trained_on, baselines.training_rows)


def _samples(
    y: np.ndarray, outputs: np.ndarray, prepared: Prepared, judgement: Judgement = EVEN_ODDS
) -> dict[str, np.ndarray]:
    return bootstrap.distributions(y, outputs, prepared.facts, prepared.preprocessing, judgement)


def _row(
    name: str,
    y: np.ndarray,
    outputs: np.ndarray,
    prepared: Prepared,
    judgement: Judgement,
    samples: Mapping[str, np.ndarray],
    seconds: float,
) -> Row:
    figures = evaluate(y, outputs, prepared.facts, prepared.preprocessing, judgement)
    intervals = {each: bootstrap.interval(values) for each, values in samples.items()}
    return Row(name, figures, intervals, seconds)


def _deciding(y: np.ndarray, prepared: Prepared) -> str:
    """The figure by which models are compared; where classes are uneven, accuracy says little."""
    task, classes = prepared.facts.task, len(prepared.facts.classes)
    if task == "regression":
        return "rmse"
    if task == "multilabel":
        return "label_accuracy"
    share = np.bincount(y, minlength=classes).max() / len(y)
    return "balanced_accuracy" if share * classes > UNEVEN else "accuracy"


def _verdict(rows: tuple[Row, ...], samples: list[dict[str, np.ndarray]], figure: str) -> Verdict:
    sign = -1.0 if figure in FALLS else 1.0
    places = range(1, len(rows))
    best = max(places, key=lambda place: sign * rows[place].figures[figure])
    ahead = sign * (rows[0].figures[figure] - rows[best].figures[figure])
    spread = bootstrap.interval(sign * (samples[0][figure] - samples[best][figure]))
    return Verdict(
        figure,
        rows[0].figures[figure],
        rows[best].name,
        rows[best].figures[figure],
        ahead,
        spread,
    )
