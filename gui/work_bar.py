"""A button that starts work in the background, and while it runs how far it is and Cancel."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from gui import theme
from gui.elided import ElidedLabel
from gui.words import told, tr
from gui.work import Background

STEPS = 1000


class WorkBar(QWidget):
    """Shows one `Background`; `start` says that its button was pressed."""

    start = Signal()

    def __init__(self, work: Background, words: str, tip: str) -> None:
        super().__init__()
        self._work = work
        self.start_button, self.cancel_button = QPushButton(words), QPushButton(tr("Cancel"))
        self.start_button.setToolTip(tip)
        self.start_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(work.cancel)
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("How far it is"))
        self.progress.setMaximumWidth(theme.scaled(160))
        self.said = ElidedLabel()
        self.said.setProperty("role", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_S)
        for widget in (self.start_button, self.cancel_button, self.progress):
            row.addWidget(widget)
        row.addWidget(self.said, 1)
        work.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Shows where the work stands."""
        busy = self._work.is_busy
        self.start_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        self.progress.setVisible(busy)
        self.progress.setValue(round(STEPS * self._work.share))
        self.said.setText(tr(self._work.text) if busy else told(self._work.failure))
