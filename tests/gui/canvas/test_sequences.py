"""Random sequences of everything one does on a canvas leave the scene equal to the document.

200 sequences run by default, and as many as `--sequences` says.
"""

from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication

import engine
from engine import files, layers
from engine.activations import Relu
from engine.layers import Layer
from engine.project import Project
from gui.canvas import Canvas, edits, grouping
from gui.document import Document, Focus, State
from tests.gui.canvas.hands import chain
from tests.gui.canvas.mirrored import assert_mirrors
from tests.gui.panels.runs import classification

STEPS = 50
MOST_LAYERS = 40
KINDS: tuple[Layer, ...] = (
    layers.Dense(units=4),
    layers.Dense(units=4, activation=Relu()),
    layers.Dropout(),
    layers.Add(),
    layers.Concatenate(),
    layers.BatchNormalization(),
    layers.Activation(),
    layers.Input(),
)
kinds = st.sampled_from(KINDS)
spots = st.tuples(st.integers(-60, 60), st.integers(-40, 40)).map(
    lambda p: (8.0 * p[0], 8.0 * p[1])
)
picks = st.lists(st.integers(0, 999), max_size=4)
texts = st.text(max_size=12)


class Person(RuleBasedStateMachine):
    """Somebody who does anything in any order. What cannot be done is refused with a note."""

    canvas: Canvas
    document: Document
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        QGuiApplication.clipboard().clear()
        self.canvas.view.set_zoom(1.0)
        self.canvas.view.centerOn(0, 0)
        self.document.replace(State(chain()))
        self.document.set_prepared(PREPARED)

    def some(self, chosen: list[int]) -> tuple[str, ...]:
        """Layers of the design, by any numbers."""
        nodes = self.document.project.design.nodes
        return tuple(dict.fromkeys(nodes[n % len(nodes)].id for n in chosen if nodes))

    def is_full(self) -> bool:
        return len(self.document.project.design.nodes) >= MOST_LAYERS

    # ── the design ──────────────────────────────────────────────────────────────────────────

    @rule(layer=kinds, spot=spots)
    def place(self, layer: Layer, spot: edits.Point) -> None:
        self.canvas.editor.do(lambda project: edits.add(project, layer, spot))

    @rule(layer=kinds)
    def append(self, layer: Layer) -> None:
        self.canvas.append_layer(layer)

    @rule(layer=kinds, number=st.integers(0, 99), spot=spots)
    def splice(self, layer: Layer, number: int, spot: edits.Point) -> None:
        if links := self.document.project.design.links:
            link = links[number % len(links)]
            self.canvas.editor.do(lambda project: edits.insert(project, layer, link, spot))

    @rule(ends=st.tuples(st.integers(0, 99), st.integers(0, 99)))
    def link(self, ends: tuple[int, int]) -> None:
        if len(two := self.some(list(ends))) == 2:
            self.canvas.editor.do(lambda project: edits.connect(project, *two))

    @rule(number=st.integers(0, 99))
    def cut_a_link(self, number: int) -> None:
        if items := list(self.canvas.scene.links.values()):
            items[number % len(items)].setSelected(True)
            self.canvas.delete_selection()

    @rule(heal=st.booleans())
    def delete(self, heal: bool) -> None:
        self.canvas.delete_selection(heal)

    @rule(name=texts)
    def rename(self, name: str) -> None:
        if chosen := self.document.focus.layers:
            self.canvas.editor.do(lambda project: edits.rename(project, chosen[0], name))

    @rule()
    def repair(self) -> None:
        self.canvas.repair_selected()

    # ── places ──────────────────────────────────────────────────────────────────────────────

    @rule(chosen=picks)
    def select(self, chosen: list[int]) -> None:
        self.document.set_focus(Focus(layers=self.some(chosen)))

    @rule()
    def select_all(self) -> None:
        self.canvas.select_all()

    @rule(by=spots)
    def move(self, by: edits.Point) -> None:
        self.canvas.nudge(*by)

    @rule(
        name=st.sampled_from(["lay_out_right", "lay_out_down", "left", "middle", "spread_across"])
    )
    def tidy(self, name: str) -> None:
        if name.startswith(("lay", "spread")) or self.canvas.scene.selected_layers():
            getattr(self.canvas.tidy, name)()

    # ── groups and notes ────────────────────────────────────────────────────────────────────

    @rule()
    def group(self) -> None:
        self.canvas.grouping.group()

    @rule()
    def ungroup(self) -> None:
        self.canvas.grouping.ungroup()

    @rule()
    def fold(self) -> None:
        self.canvas.grouping.fold()

    @rule(number=st.integers(0, 9))
    def fold_any(self, number: int) -> None:
        if groups := self.document.project.groups:
            self.canvas.grouping.fold_group(groups[number % len(groups)].id)

    @rule(number=st.integers(0, 9), name=texts)
    def rename_group(self, number: int, name: str) -> None:
        if groups := self.document.project.groups:
            self.canvas.grouping.take_name(groups[number % len(groups)].id, name)

    @rule(number=st.integers(0, 5), text=texts, spot=spots)
    def write(self, number: int, text: str, spot: edits.Point) -> None:
        notes = self.document.project.notes
        identifier = notes[number].id if number < len(notes) else ""
        self.canvas.editor.do(lambda project: grouping.write(project, identifier, text, spot))

    @rule(number=st.integers(0, 5), size=st.tuples(st.integers(96, 400), st.integers(40, 300)))
    def resize(self, number: int, size: tuple[int, int]) -> None:
        if notes := self.document.project.notes:
            identifier = notes[number % len(notes)].id
            self.canvas.editor.do(lambda project: grouping.resize(project, identifier, *size))

    @rule(number=st.integers(0, 5))
    def select_note(self, number: int) -> None:
        if items := list(self.canvas.scene.notes.values()):
            items[number % len(items)].setSelected(True)

    # ── copies, steps and files ─────────────────────────────────────────────────────────────

    @rule()
    def copy(self) -> None:
        self.canvas.copy()

    @rule()
    def cut(self) -> None:
        self.canvas.cut()

    @rule()
    def paste(self) -> None:
        if not self.is_full():
            self.canvas.paste()

    @rule()
    def duplicate(self) -> None:
        if not self.is_full():
            self.canvas.duplicate()

    @rule(times=st.integers(1, 5))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.document.undo()

    @rule(times=st.integers(1, 5))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.document.redo()

    @rule()
    def undo_all_and_redo_all(self) -> None:
        last, steps = self.document.state, self.document.undo_stack
        here = steps.index()
        self.document.go_to(0)
        assert_mirrors(self.canvas, self.document)
        self.document.go_to(here)
        assert self.document.state == last

    @rule(chance=st.integers(0, 15))
    def save_and_load(self, chance: int) -> None:
        """Mostly as the text that a file holds, for whole files take long."""
        path, project = self.folder / "sequence.h5", self.document.project
        if chance:
            opened = Project.model_validate_json(project.model_dump_json())
        else:
            files.save(path, project)
            opened = engine.load(path).project
        assert opened == project
        self.document.replace(State(opened), path)
        self.document.set_prepared(PREPARED)

    # ── always ──────────────────────────────────────────────────────────────────────────────

    @invariant()
    def the_scene_equals_the_document(self) -> None:
        self.canvas._names.hide()
        assert_mirrors(self.canvas, self.document)

    @invariant()
    def the_document_is_sound(self) -> None:
        project = self.document.project
        members = [member for group in project.groups for member in group.members]
        assert len(members) == len(set(members))
        assert set(members) <= project.design.ids
        assert {each.id for each in project.layout} <= project.design.ids

    def teardown(self) -> None:
        self.document.replace(State(Project()))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert_mirrors(self.canvas, self.document)


PREPARED = classification()


@pytest.mark.timeout(7_200)
def test_the_scene_follows_any_sequence(
    canvas: Canvas, document: Document, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    Person.canvas, Person.document, Person.folder = canvas, document, tmp_path
    wanted = settings(max_examples=pytestconfig.getoption("--sequences"), stateful_step_count=STEPS)
    run_state_machine_as_test(Person, settings=wanted)
