"""What menus, keys and presses do to groups and notes: each is one step that can be undone."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

from gui.canvas import grouping
from gui.canvas.editor import Editor
from gui.canvas.frame_item import FrameItem
from gui.canvas.geometry import STEP
from gui.canvas.name_editor import NameEditor
from gui.canvas.note_editor import NoteEditor
from gui.canvas.scene import Scene
from gui.canvas.view import View


class GroupDesk:
    """Free while training, too: neither groups nor notes are part of the design."""

    def __init__(self, scene: Scene, editor: Editor, view: View, names: NameEditor) -> None:
        self._scene, self._editor, self._view, self._names = scene, editor, view, names
        self._texts = NoteEditor(view)
        self._at = (0.0, 0.0)
        self._texts.written.connect(self._write)
        view.fold_requested.connect(self.fold_group)
        view.note_requested.connect(self.edit_note)

    # ── groups ──────────────────────────────────────────────────────────────────────────────

    def group(self) -> None:
        """Make the selected layers one group, and offer to name it."""
        chosen = self._scene.selected_layers()
        if self._editor.do(lambda project: grouping.group(project, chosen)):
            self.rename(self._editor.project.groups[-1].id)

    def ungroup(self) -> None:
        """Take the groups of the selected layers apart."""
        chosen = self._scene.selected_layers()
        self._editor.do(lambda project: grouping.ungroup(project, chosen))

    def fold(self) -> None:
        """Fold the groups of the selected layers, or unfold them."""
        chosen = self._scene.selected_layers()
        self._editor.do(lambda project: grouping.fold(project, chosen))

    def fold_group(self, identifier: str) -> None:
        """Fold or unfold that group."""
        members = self._scene.groups.members(identifier)
        self._editor.do(lambda project: grouping.fold(project, members))

    def reveal(self, layer: str) -> None:
        """Unfold what hides that layer."""
        if self._scene.groups.block_of(layer) is not None:
            self._editor.do(lambda project: grouping.reveal(project, layer))

    def rename_selected(self) -> bool:
        """Edit the name of the group, where exactly its layers are selected."""
        chosen = set(self._scene.selected_layers())
        for group in self._editor.project.groups:
            if chosen == set(group.members) and (group.folded or len(chosen) > 1):
                self.rename(group.id)
                return True
        return False

    def rename(self, identifier: str) -> None:
        """Edit that group's name where it stands."""
        groups = self._scene.groups
        card: FrameItem | None = groups.frames.get(identifier)
        if card is not None:
            self._view.ensureVisible(card.title)
            self._names.begin_at(identifier, card.title.adjusted(26, 1, -8, -1), card.name)
        elif block := groups.blocks.get(identifier):
            self._view.ensureVisible(block.sceneBoundingRect())
            self._names.begin(block)

    def take_name(self, identifier: str, name: str) -> bool:
        """The name that was typed; False where it is not a group's."""
        if not any(each.id == identifier for each in self._editor.project.groups):
            return False
        return self._editor.do(lambda project: grouping.rename(project, identifier, name))

    # ── notes ───────────────────────────────────────────────────────────────────────────────

    def add_note(self) -> None:
        """Begin a note in the middle of what is shown, or at the pointer if it is over it."""
        view = self._view
        width, height = grouping.NOTE_SIZE
        spot = QPointF(view.viewport().mapFromGlobal(view.cursor().pos()))
        if view.viewport().rect().contains(spot.toPoint()) and view.underMouse():
            at = view.to_scene(spot)
        else:
            at = self._free(view.visible_area().center() - QPointF(width / 2, height / 2))
        self._at = at.x(), at.y()
        self._texts.begin("", "", at, grouping.NOTE_SIZE)

    def edit_note(self, identifier: str) -> None:
        """Edit that note where it lies."""
        item = self._scene.notes[identifier]
        self._texts.begin(identifier, item.text, item.pos(), item.size)

    def edit_selected_note(self) -> bool:
        """Edit the note, where one is selected and nothing else."""
        chosen = self._scene.selected_notes()
        if len(chosen) == 1 and not self._scene.selected_layers():
            self.edit_note(chosen[0])
            return True
        return False

    def _free(self, at: QPointF) -> QPointF:
        """There, or as little below as leaves cards, groups and other notes to be seen."""
        scene = self._scene
        items = (*scene.cards.values(), *scene.groups.frames.values(), *scene.notes.values())
        taken = [item.sceneBoundingRect() for item in items]
        box = QRectF(at, QSizeF(*grouping.NOTE_SIZE))
        while under := [each.bottom() for each in taken if each.intersects(box)]:
            box.moveTop(max(under) + STEP)
        return box.topLeft()

    def _write(self, identifier: str, text: str) -> None:
        self._editor.do(lambda project: grouping.write(project, identifier, text, self._at))
