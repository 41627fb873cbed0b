"""A person at the whole window: begins, trains, answers questions, chooses files, waits."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine.events import EpochDone, Event
from engine.layers import Layer
from engine.project import Trained
from gui.main_window import MainWindow

ENDLESS = 1_000_000  # epochs
PATIENCE_MS = 20_000

T = TypeVar("T", bound=QDialog)


class Person:
    """What the tests of the window have a person do; each call returns when it has been done."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.notes: list[str] = []
        window.document.noted.connect(self.notes.append)

    def until(self, holds: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    # ── working ─────────────────────────────────────────────────────────────────────────────

    def begin(self, template: str, **training: object) -> None:
        """Begins from a template, with these fields of the training recipe."""
        self.window.files.begin_template(template)
        self.until(lambda: self.window.document.prepared is not None)
        if training:
            self.change_training(**training)

    def change_training(self, **fields: object) -> None:
        project = self.window.document.project
        recipe = project.training.edited(**fields)
        self.window.document.edit("Change", project=project.model_copy(update={"training": recipe}))

    def add(self, layer: Layer) -> None:
        self.window.canvas.append_layer(layer)

    def do(self, action: str) -> None:
        """Chooses an action, which must be enabled."""
        assert self.window.commands[action].isEnabled(), f"{action} is disabled"
        self.window.commands[action].trigger()

    def press(self, key: Qt.Key, on: QWidget | None = None) -> None:
        """Presses a key on the canvas, or on another widget."""
        self.qtbot.keyClick(on or self.window.canvas.view, key)

    # ── training ────────────────────────────────────────────────────────────────────────────

    @property
    def trained(self) -> Trained:
        trained = self.window.document.trained
        assert trained is not None
        return trained

    def train_to_the_end(self) -> Trained:
        self.do("train")
        self.until_idle()
        return self.trained

    def train_for_long(self) -> None:
        """Begins a run that does not end by itself, and lets it do some epochs."""
        self.change_training(epochs=ENDLESS)
        self.do("train")
        self.until(lambda: bool(self.window.tool_bar.progress.rest.text()))

    def until_trained_on(self) -> None:
        """Waits for the figures of at least one epoch more."""
        record: list[EpochDone] = []

        def listen(events: list[Event]) -> None:
            record.extend(each for each in events if isinstance(each, EpochDone))

        self.window.runner.events_arrived.connect(listen)
        self.until(lambda: len(record) > 1)
        self.window.runner.events_arrived.disconnect(listen)

    def pause(self) -> Trained:
        self.do("pause")
        self.until_paused()
        return self.trained

    def until_paused(self) -> None:
        self.until(lambda: self.window.training.state == "paused")

    def until_idle(self) -> None:
        self.until(lambda: self.window.training.state == "idle")

    # ── files and questions ─────────────────────────────────────────────────────────────────

    def save(self) -> None:
        """Saves to the document's file, and waits until it is said that it has been done."""
        said = len(self.notes)
        self.do("save")
        self.until(lambda: any(note.startswith("Saved") for note in self.notes[said:]))

    def save_to(self, path: Path, action: str = "save") -> None:
        """Saves, and waits until it is said that it has been done."""
        said = len(self.notes)
        self.do(action)
        self.choose_file(path)
        self.until(lambda: any(path.name in note for note in self.notes[said:]))

    def choose_file(self, path: Path) -> None:
        """Takes this file in the dialog that asks for one."""
        take(self.dialog(QFileDialog), path)

    def open(self, path: Path) -> None:
        self.window.open_path(path)
        self.until(lambda: self.window.document.path == path)
        self.until(lambda: self.window.document.prepared is not None)

    def question(self) -> QMessageBox:
        """The question or warning on show."""
        return self.dialog(QMessageBox)

    def answer(self, words: str) -> None:
        """Presses the button with these words of the question on show."""
        box = self.question()
        next(b for b in box.buttons() if b.text().replace("&", "") == words).click()
        self.until(lambda: box not in self.dialogs(QMessageBox))

    def dialog(self, kind: type[T]) -> T:
        self.until(lambda: bool(self.dialogs(kind)))
        return self.dialogs(kind)[-1]

    def dialogs(self, kind: type[T]) -> list[T]:
        """Those on show."""
        return [each for each in self.window.findChildren(kind) if each.isVisible()]


def take(dialog: QFileDialog, path: Path) -> None:
    """Types the path of a file and accepts it."""
    dialog.selectFile(str(path))
    dialog.findChild(QLineEdit).setText(str(path))
    box = dialog.findChild(QDialogButtonBox)
    box.button(
        QDialogButtonBox.StandardButton.Save
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
        else QDialogButtonBox.StandardButton.Open
    ).click()


def panel(window: MainWindow, name: str) -> Any:
    """The panel of that name."""
    return next(each for each in window.workbench.panels if each.name == name)
