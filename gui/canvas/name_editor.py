"""Renaming a layer where it stands, on its card."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from gui.canvas.layer_item import LayerItem
from gui.canvas.view import View
from gui.words import tr


class NameEditor(QLineEdit):
    """Lies over a card's title; Enter or leaving it renames, Escape does not."""

    renamed = Signal(str, str)

    def __init__(self, view: View) -> None:
        super().__init__(view)
        self._view = view
        self._identifier = ""
        self.setAccessibleName(tr("Name of the layer"))
        self.setMaxLength(80)
        self.hide()
        self.editingFinished.connect(self._finish)
        view.looked_elsewhere.connect(self.hide)
        view.zoom_changed.connect(self.hide)

    def begin(self, item: LayerItem) -> None:
        """Edit the name of that card's layer, or of that block's group."""
        self.begin_at(item.identifier, item.mapRectToScene(QRectF(28, 2, 152, 26)), item.card.name)

    def begin_at(self, identifier: str, area: QRectF, name: str) -> None:
        """Edit the name that stands there in the scene."""
        self._identifier = identifier
        box = self._view.mapFromScene(area).boundingRect()
        box.setHeight(max(box.height(), self.sizeHint().height()))
        box.setWidth(max(box.width(), 120))
        self.setGeometry(box)
        self.setText(name)
        self.selectAll()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._identifier = ""
            self._close()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        identifier, self._identifier = self._identifier, ""
        self._close()
        if identifier:
            self.renamed.emit(identifier, self.text())

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
