"""Lets Space press the button or type into the editor that has the focus, before it pauses."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QTextEdit,
)

TAKERS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTextEdit)


class SpaceGuard(QObject):
    """Qt asks the focused widget whether a key is its own before it looks for shortcuts."""

    def __init__(self, window: QObject) -> None:
        super().__init__(window)
        app = QApplication.instance()
        if app:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and not event.modifiers()
            and isinstance(watched, TAKERS)
        ):
            event.accept()
            return True
        return False
