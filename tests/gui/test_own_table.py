"""A table of one's own in the window: dealt anew, prepared otherwise, gone and found again."""

import random
from pathlib import Path

import pytest

from engine import files
from engine.data import Column, DataRecipe, SplitRecipe, load_dataset, prepare, source_for
from engine.edits import MIXED
from engine.events import TrainingFinished
from engine.project import Trained
from engine.templates import fitting
from engine.trainer import Trainer
from gui.pages.column_table import ColumnLine
from gui.panels.data import DataPanel
from tests.gui.person import Person


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "shop" / "people.csv"
    path.parent.mkdir()
    path.write_text(content(0))
    return path


def content(seed: int) -> str:
    dice = random.Random(seed)
    rows = [
        f"{dice.randint(18, 70)},{dice.randint(1, 4)},{dice.choice('abc')},{dice.choice('yn')}"
        for _ in range(80)
    ]
    return "\n".join(("age,rooms,town,bought", *rows))


@pytest.fixture
def model(table: Path, tmp_path: Path) -> Path:
    """A trained model of that table, which is not in the file."""
    recipe = DataRecipe(source=source_for(table), target="bought")
    prepared = prepare(load_dataset(recipe), recipe)
    columns = tuple(Column(name=name) for name in ("age", "rooms"))
    columns = (*columns, Column(name="town", kind="category"))
    project = fitting("people", recipe.edited(columns=columns), prepared.facts)
    project = project.edited(training=project.training.edited(epochs=2))
    *_, last = Trainer(project, prepared=prepared).run()
    assert isinstance(last, TrainingFinished)
    path = tmp_path / "people.h5"
    files.save(path, project, last.trained, include_data=False)
    return path


@pytest.fixture
def opened(person: Person, model: Path) -> Person:
    person.open(model)
    return person


def change(person: Person, **fields: object) -> None:
    """Changes the data recipe, and waits for the rows."""
    document = person.window.document
    recipe = document.project.data
    assert recipe is not None
    document.edit("Change", project=document.project.edited(data=recipe.edited(**fields)))
    person.until(lambda: document.prepared is not None)


def columns(person: Person) -> tuple[ColumnLine, ...]:
    """The lines of the data panel."""
    panels = person.window.workbench.panels
    return next(each for each in panels if isinstance(each, DataPanel)).columns.columns.lines


def as_category(person: Person, name: str) -> tuple[Column, ...]:
    recipe = person.window.document.project.data
    assert recipe is not None
    return tuple(
        each.edited(kind="category") if each.name == name else each for each in recipe.columns
    )


# ── edits of the data of a trained network ──────────────────────────────────────────────────────


def test_rows_dealt_anew_keep_the_weights_and_say_what_that_means(opened: Person) -> None:
    before = opened.trained.weights
    change(opened, split=SplitRecipe(test=0.3))
    assert opened.window.document.facts.split[2] == 24
    assert opened.trained.weights.keys() == before.keys()
    assert opened.notes[-1] == f"Kept all weights. {MIXED}"


def test_another_use_of_a_column_begins_anew_what_no_longer_fits(opened: Person) -> None:
    document, before = opened.window.document, opened.trained
    change(opened, columns=as_category(opened, "rooms"))
    assert document.facts.width == 8
    first, second = (document.project.design.node(f"dense_{each}").id for each in (1, 2))
    assert (first, "kernel") not in opened.trained.weights
    assert (second, "kernel") in opened.trained.weights
    assert "dense_1" in opened.notes[-1]
    opened.train_to_the_end()
    assert opened.trained.weights[first, "kernel"].shape[0] == 8
    document.undo()
    opened.until(lambda: document.prepared is not None)
    assert document.facts.width == 5
    assert document.trained is before


def test_what_was_said_of_the_table_is_not_said_again(opened: Person) -> None:
    change(opened, split=SplitRecipe(seed=3))
    change(opened, split=SplitRecipe(seed=4))
    assert not [note for note in opened.notes[-2:] if "ready" in note]


# ── a table that is not where it was ────────────────────────────────────────────────────────────


def open_without_rows(person: Person, model: Path) -> None:
    person.window.open_path(model)
    person.until(lambda: person.window.document.path == model)


def bit_for_bit(one: Trained, other: Trained) -> bool:
    return one.weights is other.weights and one.best is other.best


def test_a_table_that_has_moved_is_asked_for(person: Person, model: Path, table: Path) -> None:
    moved = table.rename(table.parent.parent / "moved.csv")
    open_without_rows(person, model)
    question = person.question()
    assert question.text() == "The data was not loaded"
    assert "people.csv" in question.informativeText()
    assert str(table) in question.informativeText()
    trained = person.trained
    person.answer("Choose the file…")
    person.choose_file(moved)
    person.until(lambda: person.window.document.prepared is not None)
    assert all(line.values is not None for line in columns(person))
    assert bit_for_bit(person.trained, trained)
    assert person.window.document.modified
    person.save()
    moved.unlink()
    saved = files.read(model).project
    assert load_dataset(saved.data).features.rows == 80


def test_one_may_go_on_without_the_table(person: Person, model: Path, table: Path) -> None:
    table.unlink()
    open_without_rows(person, model)
    person.answer("Go on without it")
    assert person.window.document.prepared is None
    assert all(line.values is None for line in columns(person))
    assert person.window.commands["predict"].isEnabled()
    assert not person.window.document.modified
    person.do("train")
    person.answer("Go on without it")


def test_a_table_that_has_changed_is_noticed(person: Person, model: Path, table: Path) -> None:
    table.write_text(content(1))
    open_without_rows(person, model)
    assert "has changed" in person.question().informativeText()
    person.answer("Choose the file…")
    person.choose_file(table)
    person.until(lambda: person.window.document.prepared is not None)


def test_another_table_is_used_only_knowingly(person: Person, model: Path, table: Path) -> None:
    table.unlink()
    other = table.with_name("other.csv")
    other.write_text(content(2))
    open_without_rows(person, model)
    person.answer("Choose the file…")
    person.choose_file(other)
    person.until(lambda: "other.csv is not the table" in person.question().text())
    assert person.window.document.prepared is None
    person.answer("Use it")
    person.until(lambda: person.window.document.prepared is not None)
    assert person.window.document.undo_stack.undoText() == "Find other.csv"


def test_a_file_that_is_no_table_says_so(person: Person, model: Path, table: Path) -> None:
    table.write_text("")
    open_without_rows(person, model)
    person.answer("Choose the file…")
    person.choose_file(table)
    person.until(lambda: "empty" in person.question().informativeText())
    person.answer("OK")
