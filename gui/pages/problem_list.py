"""Problems as a list of short cards: what is wrong, and what to do about it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.shapes import Problem
from gui import theme
from gui.words import mark, told, tr

WORDS = {"error": mark("Error"), "warning": mark("Warning")}
MOST = 12
"""So many are listed; more cannot be read at once, and hundreds would make every edit slow."""

ICONS = {"error": "x-circle", "warning": "warning"}


class ProblemList(QWidget):
    """Each problem with icon, word, message and fix; `layer_chosen` names the layer to look at."""

    layer_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._problems: tuple[Problem, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE_S)

    def show_problems(self, problems: Sequence[Problem], *, linked: bool = False) -> None:
        """Show these; with `linked`, each that is about a layer has a button that goes there."""
        if tuple(problems) == self._problems:
            return
        self._problems = tuple(problems)
        self._clear()
        for problem in self._problems[:MOST]:
            self._column.addWidget(self._entry(problem, linked))
        if len(self._problems) > MOST:
            self._column.addWidget(_label(tr("And %n more", len(self._problems) - MOST), "muted"))

    def apply_theme(self) -> None:
        """Draw the icons in the colours of the theme in force."""
        for label in self.findChildren(QLabel, "icon"):
            severity = label.property("role")
            label.setPixmap(theme.icon(ICONS[severity], severity).pixmap(16, 16))

    def _clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _entry(self, problem: Problem, linked: bool) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        icon = _label("", problem.severity)
        icon.setObjectName("icon")
        icon.setPixmap(theme.icon(ICONS[problem.severity], problem.severity).pixmap(16, 16))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(
            _label(f"{tr(WORDS[problem.severity])}: {told(problem.message)}", problem.severity)
        )
        if problem.fix:
            words.addWidget(_label(told(problem.fix), "muted"))
        row.addLayout(words, 1)
        if linked and problem.where not in ("", "data", "training"):
            row.addWidget(self._go(problem.where), 0, Qt.AlignmentFlag.AlignTop)
        return entry

    def _go(self, layer: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon("arrow-right", "muted"))
        button.setToolTip(tr("Select this layer"))
        button.setAccessibleName(tr("Select this layer"))
        button.clicked.connect(lambda: self.layer_chosen.emit(layer))
        return button


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
