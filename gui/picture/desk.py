"""What menus can ask of pictures: the dialog, and a copy without one, in the style last chosen."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.errors import GlassworkError
from gui.document import Document
from gui.picture.choices import Choices
from gui.words import tr


class Pictures:
    """Of one document, over the window of `parent`."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        self._document, self._parent = document, parent
        self.choices = Choices()

    def export(self) -> None:
        """Opens the dialog."""
        from gui.picture.dialog import PictureDialog

        dialog = PictureDialog(self._document, self.choices, self._parent.window())
        dialog.chosen.connect(self._remember)
        dialog.show()

    def copy(self) -> None:
        """Puts a picture of the design on the clipboard."""
        from gui.picture import output
        from gui.picture.making import drawing_of

        document = self._document
        if not document.project.design.nodes:
            document.noted.emit(tr("There is nothing to draw yet: add a layer to the design."))
            return
        try:
            data = output.mime(drawing_of(document, self.choices), self.choices)
        except GlassworkError as error:
            text = str(error)
            document.noted.emit(f"{text[:1].upper()}{text[1:]}.")
            return
        QGuiApplication.clipboard().setMimeData(data)
        document.noted.emit(tr("A picture of the design is on the clipboard."))

    def _remember(self, choices: Choices) -> None:
        self.choices = choices
