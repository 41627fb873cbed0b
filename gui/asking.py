"""Questions to the person that hold up nothing: each calls back with the answer."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMessageBox, QWidget

from gui.words import told

Role = QMessageBox.ButtonRole


def open_path(
    window: QWidget, title: str, start: str, filters: str, then: Callable[[Path], object]
) -> None:
    """Asks for a file that exists."""
    dialog = QFileDialog(window, title, start, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _show(dialog, then)


def save_path(
    window: QWidget, title: str, start: Path, filters: str, then: Callable[[Path], object]
) -> None:
    """Asks where to write; asks again before a file is overwritten."""
    dialog = QFileDialog(window, title, str(start.parent), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(start.suffix.removeprefix("."))
    dialog.selectFile(start.name)
    _show(dialog, then)


def choose(
    window: QWidget,
    title: str,
    sentence: str,
    choices: Sequence[tuple[str, Role, Callable[[], object] | None]],
) -> None:
    """Asks with one button a choice, and calls what belongs to it; the first is the default.

    Escape takes the choice with the reject role.
    """
    box = QMessageBox(QMessageBox.Icon.Question, told(title), told(title), parent=window)
    box.setInformativeText(told(sentence))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    calls: dict[QAbstractButton, Callable[[], object]] = {}
    for place, (words, role, call) in enumerate(choices):
        button = box.addButton(words, role)
        if not place:
            box.setDefaultButton(button)
        if call:
            calls[button] = call
        if role is Role.RejectRole:
            box.setEscapeButton(button)
    box.buttonClicked.connect(lambda button: calls.get(button, lambda: None)())
    box.open()


def warn(window: QWidget, title: str, sentence: str) -> None:
    """Says what went wrong, in one sentence."""
    box = QMessageBox(QMessageBox.Icon.Warning, told(title), f"{told(title)}.", parent=window)
    sentence = told(sentence)
    box.setInformativeText(sentence[:1].upper() + sentence[1:])
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _show(dialog: QFileDialog, then: Callable[[Path], object]) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
