"""Bootstrap intervals, against SciPy's and scikit-learn's figures on every sample."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import bootstrap
from sklearn import metrics as sk

from engine import bootstrap as ours
from engine.data.dataset import DataFacts
from engine.data.fitted import Target
from engine.data.preprocessing import Preprocessing
from engine.judgement.kept import Judgement
from engine.metrics import evaluate

ROWS, SAMPLES, SEED = 90, 300, 5


def facts_of(target: Target, targets: int = 1) -> DataFacts:
    classes = target.classes or target.labels
    return DataFacts("t", ROWS, 2, target.task, classes, targets, "y", ("a", "b"))


def classified(classes: int) -> tuple[np.ndarray, np.ndarray, Target]:
    """Classes, of which the probabilities know something; with ties."""
    draw = np.random.default_rng(0)
    y = draw.integers(0, classes, ROWS)
    logits = draw.normal(size=(ROWS, classes)) + 1.2 * np.eye(classes)[y]
    shares = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    shares = np.maximum(shares.round(1), 0.05)
    shares /= shares.sum(axis=1, keepdims=True)
    return y, shares, Target("y", tuple("abcd"[:classes]))


def valued(targets: int) -> tuple[np.ndarray, np.ndarray, Target]:
    draw = np.random.default_rng(1)
    y = draw.normal(size=(ROWS, targets))
    outputs = y + 0.4 * draw.normal(size=y.shape)
    return y, outputs, Target("y", mean=(100.0, 7.0)[:targets], scale=(20.0, 3.0)[:targets])


def labelled() -> tuple[np.ndarray, np.ndarray, Target]:
    draw = np.random.default_rng(2)
    y = (draw.random((ROWS, 3)) < 0.4).astype(np.float32)
    shares = np.clip(0.5 * y + 0.5 * draw.random((ROWS, 3)), 0.01, 0.99)
    return y, shares, Target("y", labels=("p", "q", "r"))


CASES: dict[str, Callable[[], tuple[np.ndarray, np.ndarray, Target]]] = {
    "two classes": lambda: classified(2),
    "four classes": lambda: classified(4),
    "one value": lambda: valued(1),
    "two values": lambda: valued(2),
    "labels": labelled,
}


@pytest.mark.parametrize("name", CASES)
def test_every_figure_of_every_sample_is_that_of_the_rows_drawn(name: str) -> None:
    y, outputs, target = CASES[name]()
    facts, known = facts_of(target, y.shape[-1]), Preprocessing((), target)
    found = ours.distributions(y, outputs, facts, known, resamples=40, seed=SEED)
    drawn = np.random.default_rng(SEED).integers(0, ROWS, (40, ROWS))
    each = [evaluate(y[rows], outputs[rows], facts, known) for rows in drawn]
    named = set(evaluate(y, outputs, facts, known)) - {"most_frequent", "majority"}
    assert set(found) <= named
    for figure, values in found.items():
        expected = [one.get(figure, np.nan) for one in each]
        np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-12, err_msg=figure)


SCIPY: dict[str, tuple[str, Callable[..., float]]] = {
    "accuracy": ("two classes", lambda y, p: sk.accuracy_score(y, p > 0.5)),
    "loss": ("two classes", lambda y, p: sk.log_loss(y, p, labels=[0, 1])),
    "auc": ("two classes", sk.roc_auc_score),
    "f1_macro": ("two classes", lambda y, p: sk.f1_score(y, p > 0.5, average="macro")),
    "mae": ("one value", sk.mean_absolute_error),
    "rmse": ("one value", sk.root_mean_squared_error),
    "r2": ("one value", sk.r2_score),
}


@pytest.mark.parametrize("figure", SCIPY)
def test_the_intervals_are_scipys(figure: str) -> None:
    case, statistic = SCIPY[figure]
    y, outputs, target = CASES[case]()
    facts, known = facts_of(target), Preprocessing((), target)
    found = ours.distributions(y, outputs, facts, known, resamples=SAMPLES, seed=SEED)[figure]
    one = outputs[:, 1] if case == "two classes" else known.decode(outputs)
    actual = y if case == "two classes" else known.decode(y)
    reference = bootstrap(
        (actual, one),
        statistic,
        paired=True,
        vectorized=False,
        n_resamples=SAMPLES,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    low, high = reference.confidence_interval
    assert ours.interval(found) == ours.Interval(pytest.approx(low), pytest.approx(high))


def test_draws_do_not_depend_on_how_they_are_cut_into_blocks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    y, outputs, target = classified(2)
    facts, known = facts_of(target), Preprocessing((), target)
    whole = ours.intervals(y, outputs, facts, known)
    monkeypatch.setattr(ours, "BLOCK", 7 * ROWS)
    assert ours.intervals(y, outputs, facts, known) == whole
    assert ours.intervals(y, outputs, facts, known, seed=1) != whole


def test_a_threshold_that_was_chosen_counts() -> None:
    y, outputs, target = classified(2)
    facts, known = facts_of(target), Preprocessing((), target)
    judgement = Judgement(threshold=0.8, positive="b")
    found = ours.intervals(y, outputs, facts, known, judgement)["accuracy"]
    value = evaluate(y, outputs, facts, known, judgement)["accuracy"]
    assert found.low < value < found.high
    assert found != ours.intervals(y, outputs, facts, known)["accuracy"]


def test_of_very_many_rows_fewer_samples_are_drawn() -> None:
    assert ours._enough(100) == 1_000
    assert ours._enough(50_000) == 400
    assert ours._enough(10_000_000) == 200


def test_a_constant_target_has_no_r2_and_a_missing_class_no_auc() -> None:
    y, outputs, target = valued(1)
    known = Preprocessing((), target)
    still = ours.intervals(np.zeros_like(y), outputs, facts_of(target), known)
    assert np.isnan(still["r2"].low)
    y, outputs, target = classified(4)
    y[y == 3] = 0
    assert "auc" not in ours.intervals(y, outputs, facts_of(target), Preprocessing((), target))
