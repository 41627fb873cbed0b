"""What one does to a selection as a whole: stack it, keep it as a block, take it out."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QInputDialog, QLineEdit, QWidget

from gui.canvas import clipboard, edits, placing
from gui.canvas.catalogue import Catalogue, Entry
from gui.canvas.editor import Editor
from gui.canvas.scene import Scene
from gui.words import tr


class BlockDesk(QObject):
    """Works on the selected layers; asks for a number or a name where it needs one."""

    def __init__(self, scene: Scene, editor: Editor, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._scene, self._editor, self._canvas = scene, editor, canvas
        self.catalogue = Catalogue(parent=self)

    def take_out(self) -> None:
        """The selected layers off their links; what they were between is joined."""
        if chosen := self._scene.selected_layers():
            self._editor.do(lambda project: edits.take_out(project, chosen))

    def stack(self) -> None:
        """Ask how many, and repeat the selected layers in a row."""
        chosen = self._scene.selected_layers()
        if not chosen or self._editor.refuses():
            return
        dialog = QInputDialog(self._canvas)
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(2, placing.MOST_IN_A_ROW)
        dialog.setIntValue(3)
        dialog.setLabelText(tr("How many in a row, counting what is selected?"))
        self._show(dialog, tr("Stack"), tr("Stack"))
        dialog.intValueSelected.connect(lambda count: self.stack_to(count, chosen))

    def stack_to(self, count: int, chosen: tuple[str, ...]) -> None:
        """So many of these layers in a row."""
        widths = self._editor.widths
        self._editor.do(lambda project: placing.stack(project, chosen, count, widths))

    def save(self) -> None:
        """Ask for a name, and keep the selected layers as a block of one's own."""
        chosen = self._scene.selected_layers()
        blocks = self.catalogue.blocks
        if not chosen or blocks is None:
            return
        project = self._editor.project
        fragment = clipboard.cut_out(project, chosen)
        whole = [each.name for each in fragment.groups if set(each.members) == set(chosen)]
        name = whole[0] if whole else ""

        def keep(said: str) -> None:
            if blocks.save(replace(fragment, name=said.strip()), said):
                note = tr("{name} is in the list of layers now.", name=said.strip())
                self._editor.document.noted.emit(note)

        self._ask_name(tr("Save as a block"), name, keep)

    def rename(self, entry: Entry) -> None:
        """Ask for another name of a block of one's own."""
        if blocks := self.catalogue.blocks:
            title = tr("Rename the block {name}", name=entry.label)
            self._ask_name(title, entry.label, lambda said: blocks.rename(entry.label, said))

    def remove(self, entry: Entry) -> None:
        """Forget a block of one's own; layers that were made of it stay."""
        if blocks := self.catalogue.blocks:
            blocks.remove(entry.label)

    def _ask_name(self, title: str, name: str, then: Callable[[str], object]) -> None:
        dialog = QInputDialog(self._canvas)
        dialog.setInputMode(QInputDialog.InputMode.TextInput)
        dialog.setLabelText(tr("Name of the block"))
        dialog.setTextValue(name)
        self._show(dialog, title, tr("Save"))
        if edit := dialog.findChild(QLineEdit):
            edit.setMaxLength(60)
            edit.setAccessibleName(tr("Name of the block"))
        dialog.textValueSelected.connect(then)

    def _show(self, dialog: QDialog, title: str, verb: str) -> None:
        dialog.setWindowTitle(title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if isinstance(dialog, QInputDialog):
            dialog.setOkButtonText(verb)
        dialog.open()
