"""The page before there is a project: templates, a table of one's own, recent files."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.gallery import Entry, Gallery
from gui.pages.scrolled import scrolled
from gui.words import mark, tr

WIDTH = 1080
"""The page is at most so wide, and stands in the middle."""

TABLE = "table"
ENTRIES = (
    Entry("xor", "XOR", mark("4 rows · 2 numbers · 2 classes")),
    Entry("moons", mark("Two moons"), mark("500 rows · 2 numbers · 2 classes")),
    Entry("spiral", mark("Spiral"), mark("600 rows · 2 numbers · 2 classes")),
    Entry("digits", mark("Handwritten digits"), mark("1,797 rows · 64 pixels · 10 classes")),
    Entry("iris", mark("Iris"), mark("150 rows · 4 numbers · 3 classes")),
    Entry("wine", mark("Wine"), mark("178 rows · 13 numbers · 3 classes")),
    Entry("breast_cancer", mark("Breast cancer"), mark("569 rows · 30 numbers · 2 classes")),
    Entry("diabetes", mark("Diabetes"), mark("442 rows · 10 numbers · regression")),
    Entry(TABLE, mark("Your own table"), mark("CSV, Excel, NumPy, HDF5 or IDX")),
)


class Welcome(QWidget):
    """Says what a person chose; opens nothing itself."""

    template_chosen = Signal(str)
    table_requested = Signal()
    file_chosen = Signal(object)
    open_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gallery = Gallery(ENTRIES)
        self.gallery.chosen.connect(self._choose)
        self.open_button = QPushButton(tr("Open…"))
        self.open_button.setToolTip(tr("Open a project or a Keras model (.h5)"))
        self.open_button.clicked.connect(lambda: self.open_requested.emit())
        self._recent_title = _label(tr("Recent files"), "section")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._arrange()
        self.show_recent_files(())

    def _arrange(self) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDTH)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.SPACE_L, 0, theme.SPACE_L)
        column.setSpacing(theme.SPACE_S)
        column.addStretch(1)
        column.addLayout(self._header())
        column.addSpacing(theme.SPACE_M)
        column.addWidget(_label(tr("Start from a template"), "section"))
        column.addWidget(self.gallery, 8)
        column.addSpacing(theme.SPACE_M)
        column.addWidget(self._recent_title)
        column.addLayout(self._recent)
        column.addStretch(2)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(theme.SPACE_XL, 0, theme.SPACE_XL, 0)
        row.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(content))

    def _header(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(_label("Glasswork", "figure"))
        says = tr("Draw a neural network, train it while you watch, and look inside.")
        words.addWidget(_label(says, "muted"))
        header = QHBoxLayout()
        header.addLayout(words)
        header.addStretch()
        header.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignVCenter)
        return header

    def show_recent_files(self, paths: Sequence[Path]) -> None:
        """List these beneath the templates, with folder and date."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for path in paths:
            row = RecentFile(path)
            row.clicked.connect(lambda _=False, path=path: self.file_chosen.emit(path))
            self._recent.addWidget(row)
        self._recent_title.setVisible(bool(paths))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.gallery.cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, name: str) -> None:
        if name == TABLE:
            self.table_requested.emit()
        else:
            self.template_chosen.emit(name)


class Opening(QLabel):
    """Stands in for the page while the file that was named at the start is being opened."""

    def __init__(self, path: Path) -> None:
        super().__init__(tr("Opening {name}…", name=path.name))
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)


class RecentFile(QPushButton):
    """A line with a file's name, its folder and the day it was last saved."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.setProperty("role", "flat")
        self.setAccessibleName(tr("{name} in {folder}", name=path.name, folder=path.parent))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, 0)
        row.setSpacing(theme.SPACE_L)
        words = ((path.name, ""), (_short(path.parent), "muted"), (_saved(path), "muted"))
        self.labels = [_label(text, role) for text, role in words]
        self.labels[1].setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for index, label in enumerate(self.labels):
            row.addWidget(label, 1 if index == 1 else 0)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _short(folder: Path) -> str:
    """The folder as people know it: below the home folder it begins with ~."""
    home = Path.home()
    return f"~/{folder.relative_to(home)}" if folder.is_relative_to(home) else str(folder)


def _saved(path: Path) -> str:
    """The day a file was last saved: "today 14:05", "23 Nov 2026"."""
    try:
        saved = time.localtime(path.stat().st_mtime)
    except OSError:
        return ""
    if saved[:3] == time.localtime()[:3]:
        return time.strftime(tr("today %H:%M"), saved)
    return time.strftime(f"{saved.tm_mday} %b %Y", saved)


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    return label
