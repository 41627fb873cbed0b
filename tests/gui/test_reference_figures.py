"""Every figure that the judging panels show of real sets is scikit-learn's, on the same rows."""

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from sklearn import metrics as reference

from engine import templates
from engine.control import Control, Wanted
from engine.data import DataRecipe, from_arrays, load_dataset, prepare
from engine.data.dataset import Prepared
from engine.data.sources.given import Given
from engine.events import Event, TrainingFinished
from engine.judgement.kept import Judgement
from engine.network import Network
from engine.project import Project
from engine.trainer import Trainer
from gui.document import State
from gui.panels.confusion import ConfusionPanel
from gui.panels.judging import JudgingPanel
from gui.panels.predicted import PredictedPanel
from gui.panels.residuals import ResidualsPanel
from gui.panels.scores import ScoresPanel
from gui.panels.threshold import ThresholdPanel

P = TypeVar("P", bound=JudgingPanel)
CLOSE = 1e-5  # probabilities are float32
EPOCHS = 3
PROBES = frozenset({Wanted("judgement"), Wanted("scores")})


@dataclass(frozen=True)
class Trained:
    """A real set after a few epochs, and what the network says of its validation rows."""

    project: Project
    prepared: Prepared
    events: list[Event]
    finished: TrainingFinished

    @property
    def truth(self) -> np.ndarray:
        return self.prepared.y[self.prepared.rows.validation]

    @property
    def outputs(self) -> np.ndarray:
        weights = self.finished.trained.weights
        network = Network(self.project.design, self.prepared.facts.width, weights=weights)
        return network.predict(self.prepared.X[self.prepared.rows.validation])

    @property
    def probabilities(self) -> np.ndarray:
        """`(rows, classes)`; of one sigmoid both."""
        p = self.outputs.astype(float)
        return p if p.shape[1] > 1 else np.hstack([1 - p, p])

    def shown(self, panel: P, threshold: float = 0.5) -> P:
        """The panel, shown document, rows and events as the window does."""
        project = self.project.edited(judgement=Judgement(threshold=threshold))
        panel.resize(800, 400)
        panel.show()
        panel.show_state(State(project, self.finished.trained), self.prepared.facts)
        panel.show_rows(self.prepared)
        panel.show_events(self.events)
        assert panel.is_drawn
        return panel


def imbalanced() -> tuple[Project, Prepared]:
    """One row in twelve is what is looked for."""
    draw = np.random.default_rng(0)
    y = (draw.random(900) < 1 / 12).astype(int)
    X = draw.standard_normal((900, 6)) + 0.9 * y[:, None]
    recipe = DataRecipe(source=Given())
    prepared = prepare(from_arrays(X, y), recipe)
    return templates.fitting("imbalanced", recipe, prepared.facts), prepared


def trained(name: str) -> Trained:
    if name == "imbalanced":
        project, prepared = imbalanced()
    else:
        project = templates.new(name)
        assert project.data is not None
        prepared = prepare(load_dataset(project.data), project.data)
    project = project.edited(training=project.training.edited(epochs=EPOCHS))
    control = Control(PROBES, every_time=True)
    events = list(Trainer(project, prepared=prepared, control=control).run())
    last = events[-1]
    assert isinstance(last, TrainingFinished)
    return Trained(project, prepared, events, last)


@pytest.fixture(scope="module", params=["digits", "breast_cancer", "imbalanced"])
def classes(request: pytest.FixtureRequest) -> Trained:
    return trained(request.param)


@pytest.fixture(scope="module", params=["breast_cancer", "imbalanced"])
def two(request: pytest.FixtureRequest) -> Trained:
    return trained(request.param)


@pytest.fixture(scope="module")
def numbers() -> Trained:
    return trained("diabetes")


def columns(panel: JudgingPanel, place: int = 0) -> dict[str, list[object]]:
    table = panel.tables()[place]
    return dict(zip(table.header, map(list, zip(*table.rows, strict=True)), strict=True))


# ── classes ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("threshold", [0.5, 0.2])
def test_confusion(qtbot: QtBot, classes: Trained, threshold: float) -> None:
    panel = ConfusionPanel()
    qtbot.addWidget(panel)
    table = classes.shown(panel, threshold).tables()[0]
    names, found = classes.prepared.facts.classes, decided(classes, threshold)
    assert table.header[1:] == names
    assert [row[0] for row in table.rows] == list(names)
    expected = reference.confusion_matrix(classes.truth, found, labels=range(len(names)))
    assert [list(row[1:]) for row in table.rows] == expected.tolist()


@pytest.mark.parametrize("threshold", [0.5, 0.2])
def test_scores_of_all_classes_together(qtbot: QtBot, classes: Trained, threshold: float) -> None:
    panel = ScoresPanel()
    qtbot.addWidget(panel)
    lines = {row[0]: row[1] for row in classes.shown(panel, threshold).tables()[0].rows}
    truth, p, found = classes.truth, classes.probabilities, decided(classes, threshold)
    many = p.shape[1] > 2
    expected = {
        "accuracy": reference.accuracy_score(truth, found),
        "majority_share": np.bincount(truth).max() / len(truth),
        "balanced_accuracy": reference.balanced_accuracy_score(truth, found),
        "f1_macro": reference.f1_score(truth, found, average="macro"),
        "matthews": reference.matthews_corrcoef(truth, found),
        "log_loss": reference.log_loss(truth, p / p.sum(axis=1, keepdims=True)),
        "auc": reference.roc_auc_score(truth, p / p.sum(axis=1, keepdims=True), multi_class="ovr")
        if many
        else reference.roc_auc_score(truth, p[:, 1]),
        "brier": np.square(p - np.eye(p.shape[1])[truth]).sum(axis=1).mean()
        if many
        else reference.brier_score_loss(truth, p[:, 1]),
    }
    if many:
        tops = {f"top_{k}": reference.top_k_accuracy_score(truth, p, k=k) for k in (2, 3, 5)}
        expected |= tops
    assert lines == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize("threshold", [0.5, 0.2])
def test_scores_of_each_class_and_their_averages(
    qtbot: QtBot, classes: Trained, threshold: float
) -> None:
    panel = ScoresPanel()
    qtbot.addWidget(panel)
    rows = classes.shown(panel, threshold).tables()[1].rows
    truth, p, found = classes.truth, classes.probabilities, decided(classes, threshold)
    report = precision_recall_f1(truth, found)
    areas = [reference.roc_auc_score(truth == n, p[:, n]) for n in range(p.shape[1])]
    for place, name in enumerate(classes.prepared.facts.classes):
        figures = [float(column[place]) for column in report]
        assert rows[place][0] == name
        assert list(rows[place][1:]) == pytest.approx([*figures, areas[place]], rel=CLOSE)
    for row in rows[p.shape[1] :]:
        averaged = precision_recall_f1(truth, found, average=row[0])
        assert list(row[1:4]) == pytest.approx(list(averaged[:3]), rel=CLOSE)
    assert [row[0] for row in rows[p.shape[1] :]] == ["macro", "weighted", "micro"]


def precision_recall_f1(truth: np.ndarray, found: np.ndarray, **options: Any) -> Any:
    """scikit-learn's, 0 where it is not defined, and the support."""
    asked: dict[str, Any] = {"zero_division": 0, **options}
    return reference.precision_recall_fscore_support(truth, found, **asked)


def decided(of: Trained, threshold: float) -> np.ndarray:
    """Only of two classes a threshold decides."""
    p = of.probabilities.astype(np.float32)
    return (p[:, 1] > threshold).astype(int) if p.shape[1] == 2 else p.argmax(axis=1)


def test_every_threshold(qtbot: QtBot, two: Trained) -> None:
    panel = ThresholdPanel()
    qtbot.addWidget(panel)
    table = two.shown(panel).tables()[0]
    truth, p = two.truth, two.outputs.astype(np.float64)[:, -1]
    for row in table.rows:
        line = dict(zip(table.header, row, strict=True))
        found = (p > line["threshold"]).astype(int)
        (tn, fp), (fn, tp) = reference.confusion_matrix(truth, found, labels=[0, 1])
        assert (line["TP"], line["FP"], line["FN"], line["TN"]) == (tp, fp, fn, tn)
        scores = precision_recall_f1(truth, found, average="binary")
        figures = [line[name] for name in ("precision", "recall", "F1")]
        assert figures == pytest.approx(list(scores[:3]))
        assert line["accuracy"] == pytest.approx(reference.accuracy_score(truth, found))
        assert line["cost"] == fp + fn


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────


def own_units(of: Trained) -> tuple[np.ndarray, np.ndarray]:
    """Actual and predicted, put back by hand: times the scale, plus the mean."""
    target = of.prepared.preprocessing.target
    scale, mean = target.scale[0], target.mean[0]
    actual, predicted = (each[:, 0].astype(float) for each in (of.truth, of.outputs))
    return actual * scale + mean, predicted * scale + mean


def test_scores_of_numbers(qtbot: QtBot, numbers: Trained) -> None:
    panel = ScoresPanel()
    qtbot.addWidget(panel)
    together, by_target = numbers.shown(panel).tables()
    actual, predicted = own_units(numbers)
    rmse = reference.root_mean_squared_error(actual, predicted)
    mae, r2 = (
        reference.mean_absolute_error(actual, predicted),
        reference.r2_score(actual, predicted),
    )
    lines = {row[0]: row[1] for row in together.rows}
    assert lines == pytest.approx({"rmse": rmse, "mae": mae, "r2": r2}, rel=CLOSE)
    median = reference.median_absolute_error(actual, predicted)
    bias = float(np.mean(actual - predicted))
    expected = [mae, rmse, r2, median, bias, len(actual)]
    assert list(by_target.rows[0][1:]) == pytest.approx(expected, rel=1e-4)


def test_predicted_and_residuals_row_by_row(qtbot: QtBot, numbers: Trained) -> None:
    shown, rest = PredictedPanel(), ResidualsPanel()
    qtbot.addWidget(shown)
    qtbot.addWidget(rest)
    actual, predicted = own_units(numbers)
    name = numbers.prepared.facts.target_name
    table, errors = columns(numbers.shown(shown)), columns(numbers.shown(rest))
    assert table["row"] == errors["row"] == (numbers.prepared.rows.validation + 1).tolist()
    assert table[f"actual {name}"] == pytest.approx(actual, rel=CLOSE)
    assert table[f"predicted {name}"] == pytest.approx(predicted, rel=CLOSE)
    assert errors[f"predicted {name}"] == pytest.approx(predicted, rel=CLOSE)
    assert errors[f"residual {name}"] == pytest.approx(actual - predicted, rel=CLOSE, abs=1e-3)
    said = shown.figures.text()
    assert f"{reference.root_mean_squared_error(actual, predicted):.1f}" in said
