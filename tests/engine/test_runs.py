"""What is kept of every training: which run it belongs to, its result, and what undoing does."""

from dataclasses import replace

import numpy as np
import pytest

from engine.data.dataset import Prepared
from engine.events import TrainingFinished
from engine.project import EarlyStopping, Project, Trained
from engine.runs import Run, Runs, begin, moved, renamed, within_budget, without
from engine.trainer import Trainer
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import project_of, small


@pytest.fixture(scope="module")
def rows() -> Prepared:
    return blobs(validation=30)


def trained_on(
    runs: Runs, project: Project, rows: Prepared, trained: Trained | None = None
) -> tuple[Runs, Trained]:
    """The runs after one more training, and what it made."""
    begun = begin(runs, project, trained)
    last = list(Trainer(project, prepared=rows, trained=trained).run())[-1]
    assert isinstance(last, TrainingFinished)
    return begun.recorded(runs, last.trained, last.reason), last.trained


@pytest.fixture(scope="module")
def first(rows: Prepared) -> tuple[Runs, Trained, Project]:
    project = project_of(small(), epochs=3, seed=7)
    return *trained_on((), project, rows), project


def test_a_training_is_a_run_with_all_that_it_was(first: tuple[Runs, Trained, Project]) -> None:
    (run,), trained, project = first
    assert (run.name, run.seed, run.reason, run.epoch) == ("Run 1", 7, "completed", 3)
    assert run.project is project
    assert run.history == trained.history
    assert run.seconds == pytest.approx(sum(record.seconds for record in trained.history))
    assert run.figures == trained.history[-1].validation
    assert run.metric == "accuracy"
    assert run.trained is trained


def test_training_on_makes_the_same_run_longer(
    first: tuple[Runs, Trained, Project], rows: Prepared
) -> None:
    runs, trained, project = first
    longer = project.edited(training=project.training.edited(epochs=5))
    (run,), after = trained_on(renamed(runs, runs[0].id, name="base"), longer, rows, trained)
    assert (run.id, run.name, run.epoch) == (runs[0].id, "base", 5)
    assert run.history == after.history
    assert run.project is longer


def test_training_on_with_another_recipe_follows(
    first: tuple[Runs, Trained, Project], rows: Prepared
) -> None:
    runs, trained, project = first
    other = project.edited(training=project.training.edited(epochs=5, batch_size=8))
    (_, run), after = trained_on(runs, other, rows, trained)
    assert (run.name, run.follows) == ("Run 2", runs[0].id)
    assert [record.epoch for record in run.history] == [4, 5]
    assert run.history == after.history[3:]


def test_beginning_anew_is_a_run_that_follows_none(
    first: tuple[Runs, Trained, Project], rows: Prepared
) -> None:
    runs, _, project = first
    found, _ = trained_on(runs, project, rows)
    assert [run.name for run in found] == ["Run 1", "Run 2"]
    assert found[1].follows == ""


def test_weights_from_the_middle_of_a_run_are_followed(
    first: tuple[Runs, Trained, Project], rows: Prepared
) -> None:
    runs, trained, project = first
    progress = replace(trained.progress, epoch=2)
    earlier = replace(trained, history=trained.history[:2], progress=progress)
    begun = begin(runs, project, earlier)
    assert begun.run.follows == runs[0].id
    assert begun.before is None


def test_a_run_without_a_step_is_not_kept(first: tuple[Runs, Trained, Project]) -> None:
    runs, trained, project = first
    other = project.edited(training=project.training.edited(batch_size=8))
    assert begin(runs, other, trained).recorded(runs, trained, "stopped") is runs


def test_the_result_is_that_of_the_best_epoch_where_training_returned_to_it(
    rows: Prepared,
) -> None:
    stopping = EarlyStopping(patience=2, min_delta=10.0)
    project = project_of(small(), epochs=50, early_stopping=stopping)
    (run,), trained = trained_on((), project, rows)
    assert run.reason == "early"
    assert run.epoch == trained.progress.best_epoch == 1
    assert run.result == trained.history[0]


def test_the_oldest_weights_go_first_and_curves_stay(
    first: tuple[Runs, Trained, Project],
) -> None:
    (run,), trained, _ = first
    runs = tuple(replace(run, id=str(number)) for number in range(4))
    arrays = (trained.weights, trained.best, *trained.slots.values())
    size = sum(array.nbytes for group in arrays for array in group.values())
    kept = within_budget(runs, 2 * size)
    assert [each.trained is not None for each in kept] == [False, True, True, True]
    assert [each.history for each in kept] == [run.history] * 4
    assert within_budget(runs, 0)[-1].trained is trained


def run_of(first: tuple[Runs, Trained, Project], identifier: str, started: float) -> Run:
    return replace(first[0][0], id=identifier, name=identifier, started=started)


def test_undoing_a_new_name_keeps_what_was_trained_since(
    first: tuple[Runs, Trained, Project],
) -> None:
    one, two = run_of(first, "one", 1.0), run_of(first, "two", 2.0)
    before, after = (one,), renamed((one,), "one", name="better", note="why")
    now = (replace(after[0], history=()), two)
    undone = moved(now, left=after, target=before)
    assert [(run.id, run.name, run.note) for run in undone] == [
        ("one", "one", ""),
        ("two", "two", ""),
    ]
    assert undone[0].history == ()
    assert moved(undone, left=before, target=after) == now


def test_undoing_a_deletion_puts_runs_back_where_they_were(
    first: tuple[Runs, Trained, Project],
) -> None:
    one, two, three = (run_of(first, str(number), number) for number in range(3))
    before = (one, two)
    after = without(before, ["0"])
    now = (*after, three)
    undone = moved(now, left=after, target=before)
    assert [run.id for run in undone] == ["0", "1", "2"]
    assert [run.id for run in moved(undone, left=before, target=after)] == ["1", "2"]


def test_names_go_on_from_the_highest(first: tuple[Runs, Trained, Project]) -> None:
    runs, _, project = first
    named = renamed(runs, runs[0].id, name="Run 41")
    assert begin(named, project, None).run.name == "Run 42"
    assert begin(renamed(runs, runs[0].id, name="Run ²"), project, None).run.name == "Run 2"


def test_a_run_without_figures_has_no_result(first: tuple[Runs, Trained, Project]) -> None:
    run = replace(first[0][0], history=())
    assert run.result is None
    assert not run.figures
    assert run.metric == "loss"
    assert np.isfinite(run.started)
