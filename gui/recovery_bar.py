"""The offer to restore what a crash left behind: a quiet line at the top of the window."""

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolBar, QWidget

from gui import theme
from gui.elided import ElidedLabel
from gui.recovery_copy import RecoveryCopy
from gui.words import tr

REFRESH_MS = 30_000


class RecoveryBar(QToolBar):
    """Says what was left, from when, and how old it is; Restore or Discard."""

    restore_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Recovery"), parent)
        self.setObjectName("recovery")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._copy: RecoveryCopy | None = None
        self._icon = QLabel()
        self._icon.setContentsMargins(theme.SPACE_S, 0, theme.SPACE_S, 0)
        self.words = ElidedLabel()
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restore = _button(tr("Restore"), tr("Open what was not saved"))
        self.discard = _button(tr("Discard"), tr("Remove it for good"))
        self.restore.clicked.connect(lambda: self.restore_requested.emit())
        self.discard.clicked.connect(lambda: self.discard_requested.emit())
        for widget in (self._icon, self.words, self.restore, self.discard):
            self.addWidget(widget)
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._tell)
        theme.notifier.theme_changed.connect(self._paint)
        self._paint()
        self.hide()

    def offer(self, copy: RecoveryCopy | None) -> None:
        """Shows this copy; hides where there is none."""
        self._copy = copy
        self.setVisible(copy is not None)
        if copy is None:
            self._timer.stop()
        else:
            self._timer.start()
            self._tell()

    def _tell(self) -> None:
        if self._copy:
            words = offer_words(self._copy, time.time())
            self.words.setText(words)
            for button, verb in ((self.restore, tr("Restore")), (self.discard, tr("Discard"))):
                button.setAccessibleName(f"{verb}: {words}")

    def _paint(self) -> None:
        self._icon.setPixmap(theme.icon("clock-counter-clockwise", "warning").pixmap(16, 16))


def offer_words(copy: RecoveryCopy, now: float) -> str:
    """What the copy is of, from when, and how long ago that is."""
    about, saved = copy.about, time.localtime(copy.saved)
    name = about.path.replace("\\", "/").rpartition("/")[2] or about.name
    pattern = "%H:%M" if saved[:3] == time.localtime(now)[:3] else f"{saved.tm_mday} %b %Y, %H:%M"
    when = time.strftime(pattern, saved)
    return tr(
        "{name} was not saved when Glasswork ended: as of {when}, {age}",
        name=name,
        when=when,
        age=age(now - copy.saved),
    )


def age(seconds: float) -> str:
    """How long ago, in words: "3 minutes ago"."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return tr("less than a minute ago")
    if minutes < 60:
        return tr("%n minutes ago", minutes)
    return (
        tr("%n hours ago", minutes // 60) if minutes < 1440 else tr("%n days ago", minutes // 1440)
    )


def _button(words: str, tip: str) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    return button
