"""Remembers where one looked on the canvas of each file: its zoom and the middle of the view."""

from PySide6.QtCore import QObject, QTimer

from gui.canvas import Canvas
from gui.document import Document
from gui.settings import Settings

REST_MS = 800
"""Where a person looks counts once they have looked there for so long."""


class ViewMemory(QObject):
    """Keeps the place with the file's path; a view that is fitted to the design is not kept."""

    def __init__(self, document: Document, canvas: Canvas, settings: Settings) -> None:
        super().__init__(canvas)
        self._document, self._canvas, self._settings = document, canvas, settings
        self._resting = QTimer(self, singleShot=True, interval=REST_MS)
        self._resting.timeout.connect(self.keep)
        canvas.view.looked_elsewhere.connect(self._resting.start)
        document.path_changed.connect(lambda _: self._resting.start())
        document.replaced.connect(self._look_again)

    def keep(self) -> None:
        """Notes where one looks now."""
        self._resting.stop()
        if self._document.path is not None:
            self._settings.keep_view(self._document.path, self._place())

    def _look_again(self) -> None:
        """Where one looked when that file was open the last time."""
        self._resting.stop()
        path = self._document.path
        place = self._settings.view_of(path) if path else None
        if place is not None:
            zoom, x, y = place
            self._canvas.stays_fitted = False
            self._canvas.view.set_zoom(zoom)
            self._canvas.view.centerOn(x, y)

    def _place(self) -> tuple[float, float, float] | None:
        if self._canvas.stays_fitted:
            return None
        view = self._canvas.view
        middle = view.mapToScene(view.viewport().rect().center())
        return view.zoom, middle.x(), middle.y()
