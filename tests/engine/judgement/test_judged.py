"""Rows as they were judged: the confusion at a threshold, and the rows of each of its cells."""

import numpy as np
from sklearn.metrics import confusion_matrix

from engine.judgement.judged import Judged
from engine.judgement.kept import Judgement
from engine.judgement.summary import summary

NAMES = ("no", "yes")


def judged(rows: int = 60, classes: tuple[str, ...] = NAMES, total: int | None = None) -> Judged:
    draw = np.random.default_rng(0)
    truth = draw.integers(0, len(classes), rows)
    outputs = draw.dirichlet(np.ones(len(classes)), rows)
    matrix = confusion_matrix(truth, outputs.argmax(axis=1), labels=range(len(classes)))
    arrays = {
        "truth": truth,
        "outputs": outputs,
        "rows": 1000 + np.arange(rows),
        "total": np.array(total or rows),
        "matrix": matrix,
    }
    found = Judged.of("validation", arrays, classes)
    assert found is not None
    return found


def test_the_matrix_moves_with_the_threshold() -> None:
    each = judged()
    assert each.matrix_at(Judgement()) is each.matrix
    for threshold in (0.2, 0.8):
        expected = confusion_matrix(each.truth, each.outputs[:, 1] > threshold)
        found = each.matrix_at(Judgement(threshold=threshold))
        np.testing.assert_array_equal(found, expected)


def test_a_cell_lists_its_rows_the_surest_first() -> None:
    each, judgement = judged(), Judgement(threshold=0.7)
    rows, sure = each.cell(1, 0, judgement)
    counts = each.matrix_at(judgement)
    assert len(rows) == counts[1, 0] > 0
    assert (np.diff(sure) <= 0).all()
    places = rows - 1000
    assert (each.truth[places] == 1).all()
    np.testing.assert_array_equal(each.outputs[places, 0], sure)


def test_a_sample_is_known_as_one_and_classes_that_have_changed_are_numbered() -> None:
    assert not judged().is_sample
    assert judged(total=100).is_sample
    one = judged()
    arrays = {"truth": one.truth, "outputs": one.outputs, "rows": one.rows, "total": np.array(60)}
    again = Judged.of("test", arrays, ("a", "b", "c"))
    assert again is not None
    assert again.classes == ("0", "1")
    assert Judged.of("test", {}, NAMES) is None
    assert again.matrix_at(Judgement()).sum() == 60


def test_each_class_has_its_ranking() -> None:
    each = judged()
    no, yes = each.rankings
    assert no.positives == yes.negatives
    assert no.area == 1 - (1 - yes.area)


def test_a_summary_is_decided_by_the_threshold_of_two_classes() -> None:
    each = judged()
    assert each.matrix is not None
    scores = {
        "matrix": each.matrix,
        "areas": np.array([0.4, 0.6]),
        "log_loss": np.array(0.7),
        "counted": np.array([60, 60]),
    }
    plain = summary(scores, NAMES)
    assert plain.figures["accuracy"] == each.matrix.trace() / 60
    assert (plain.figures["log_loss"], plain.seen) == (0.7, 60)
    judgement = Judgement(threshold=0.9)
    moved = summary(scores, NAMES, each, judgement)
    assert moved.figures["accuracy"] == each.matrix_at(judgement).trace() / 60
    assert [row.name for row in (*moved.rows, *moved.averages)] == [
        *NAMES,
        "macro",
        "weighted",
        "micro",
    ]
    assert [row.name for row in summary(scores, ("a",)).rows] == ["0", "1"]
    labels = {"right": np.array([3, 4]), "wrong": np.array([1, 0]), "missed": np.array([0, 2])}
    of_labels = summary({**labels, "areas": scores["areas"], "counted": np.array([9, 9])}, NAMES)
    assert of_labels.rows[0].precision == 0.75
    assert "accuracy" not in of_labels.figures
