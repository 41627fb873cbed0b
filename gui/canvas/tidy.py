"""What the Arrange menu does: puts the selected cards, or all of them, in order."""

from gui.canvas import tidying
from gui.canvas.editor import Editor
from gui.canvas.scene import Scene
from gui.canvas.tidying import Side


class Tidy:
    """Each method is one step that can be undone, and says why where it cannot be."""

    def __init__(self, scene: Scene, editor: Editor) -> None:
        self._scene, self._editor = scene, editor

    def lay_out_right(self) -> None:
        """Layer behind layer, from left to right."""
        self._editor.do(tidying.lay_out)

    def lay_out_down(self) -> None:
        """Layer below layer, from top to bottom."""
        self._editor.do(lambda project: tidying.lay_out(project, downwards=True))

    def left(self) -> None:
        self._align("left")

    def centre(self) -> None:
        self._align("centre")

    def right(self) -> None:
        self._align("right")

    def top(self) -> None:
        self._align("top")

    def middle(self) -> None:
        self._align("middle")

    def bottom(self) -> None:
        self._align("bottom")

    def spread_across(self) -> None:
        """The same distance between neighbours, from left to right."""
        self._spread(0)

    def spread_down(self) -> None:
        """The same distance between neighbours, from top to bottom."""
        self._spread(1)

    def _align(self, side: Side) -> None:
        chosen = self._scene.selected_layers()
        self._editor.do(lambda project: tidying.align(project, chosen, side))

    def _spread(self, axis: int) -> None:
        chosen = self._scene.selected_layers()
        self._editor.do(lambda project: tidying.distribute(project, chosen, axis))
