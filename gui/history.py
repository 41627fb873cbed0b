"""Shows the undo history beside the window, at most once."""

from PySide6.QtWidgets import QWidget

from gui.document import Document


class History:
    """Opens the list of steps over `window`, or brings it forward."""

    def __init__(self, document: Document, window: QWidget) -> None:
        self._document, self._window = document, window

    def show(self) -> None:
        """The list of steps, with the keyboard."""
        from gui.dialogs.history import HistoryDialog

        dialog = self._window.findChild(HistoryDialog)
        if dialog is None:
            dialog = HistoryDialog(self._document, self._window)
            corner = self._window.mapToGlobal(self._window.rect().topRight())
            dialog.move(corner.x() - dialog.width() - 24, corner.y() + 96)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
        dialog.list.setFocus()
