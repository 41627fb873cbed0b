"""Sentences for a person, each with an icon and the colour of how serious it is."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui import theme
from gui.words import told, tr

Tone = Literal["muted", "ok", "warning", "error"]
ICONS = {"muted": "info", "ok": "check-circle", "warning": "warning", "error": "x-circle"}

MOST = 5
"""As many sentences are shown; of the others, only their number."""


class Messages(QWidget):
    """A few sentences beneath each other; hidden while there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: tuple[str, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE_S)
        self._grid.setVerticalSpacing(theme.SPACE_XS)
        self._grid.setColumnStretch(1, 1)
        self.hide()

    def show_sentences(self, sentences: Sequence[str], tone: Tone) -> None:
        """Show these instead of what was there."""
        shown = list(sentences[:MOST])
        if len(sentences) > MOST:
            shown.append(tr("and {count} more", count=len(sentences) - MOST))
        self.sentences = tuple(map(as_sentence, shown))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, sentence in enumerate(self.sentences):
            icon, words = QLabel(), QLabel(told(sentence))
            icon.setPixmap(theme.icon(ICONS[tone], tone).pixmap(16, 16))
            words.setProperty("role", tone)
            words.setWordWrap(True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 1)
        self.setVisible(bool(sentences))


def as_sentence(text: str) -> str:
    """With a capital and a full stop, unless it begins with a name ("id: …", "iris.csv, …")."""
    first = text.split(" ", 1)[0]
    if first.isalpha() and first.islower():
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "…", "?")) else f"{text}."
