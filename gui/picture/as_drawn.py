"""The design as the canvas draws it, without grid, selection and whatever is being pointed at."""

from collections.abc import Collection
from weakref import finalize

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem
from shiboken6 import isValid

from engine.project import Project
from engine.shapes import Problem, Walk
from gui.canvas.block_item import BlockItem
from gui.canvas.frame_item import FrameItem
from gui.canvas.layer_item import LayerItem
from gui.canvas.link_item import LinkItem
from gui.canvas.scene import Scene
from gui.picture.drawing import Drawing, framed


def as_drawn(
    project: Project,
    walk: Walk,
    problems: tuple[Problem, ...] = (),
    only: Collection[str] = (),
) -> Drawing:
    """A picture of a scene of its own, so that the canvas may look as it likes meanwhile.

    With ids in `only` just these layers are shown, the links between them, and their groups.
    """
    chosen = set(only)
    scene = Scene(QCoreApplication.instance())
    scene.mirror(project, walk, problems)
    scene.settle()
    for item in scene.items():
        if only and not _belongs(item, scene, chosen):
            item.setVisible(False)
    area = QRectF()
    for item in scene.items():
        if item.isVisible() and item not in (scene.ghost, scene.guides):
            area = area.united(item.sceneBoundingRect())

    def paint(painter: QPainter) -> None:
        scene.render(painter, area, area)

    # Python's collector may come along in any thread, in which no scene may be deleted.
    finalize(paint, _delete, scene).atexit = False
    return framed(area, paint, project.name)


def _delete(scene: Scene) -> None:
    if isValid(scene):
        scene.deleteLater()


def _belongs(item: QGraphicsItem, scene: Scene, chosen: set[str]) -> bool:
    if isinstance(item, LinkItem):
        return {item.link.source, item.link.target} <= chosen
    if isinstance(item, BlockItem | FrameItem):
        return chosen.issuperset(scene.groups.members(item.identifier))
    return isinstance(item, LayerItem) and item.identifier in chosen
