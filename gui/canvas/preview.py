"""What an edit would place, shown as a ghost before it is done: its cards and their links."""

from PySide6.QtCore import QPointF

from gui.canvas import card as cards
from gui.canvas import geometry
from gui.canvas.arrange import places
from gui.canvas.change import Change
from gui.canvas.scene import Scene


def show(scene: Scene, change: Change, hint: str = "", spliced: bool = False) -> None:
    """Show the layers that the change is about; `hint` stands on the first.

    Links to others are shown too, unless they are `spliced` in: then neighbours will make room.
    """
    design, where = change.project.design, places(change.project)
    new = set(change.focus or ())
    shown = [
        (
            QPointF(*where[each]),
            cards.Card.of(design.node(each).layer, design.node(each).name, "" if place else hint),
        )
        for place, each in enumerate(change.focus or ())
    ]
    links = [
        (
            _corner(scene, where, link.source, new) + geometry.OUT_PORT,
            _corner(scene, where, link.target, new) + geometry.IN_PORT,
        )
        for link in design.links
        if (link.source in new and link.target in new)
        or (not spliced and not new.isdisjoint((link.source, link.target)))
    ]
    scene.ghost.show_cards(shown, links)


def hide(scene: Scene) -> None:
    """The edit is done, or given up."""
    scene.ghost.setVisible(False)


def _corner(
    scene: Scene, where: dict[str, tuple[float, float]], identifier: str, new: set[str]
) -> QPointF:
    """Where a card is seen: those that are there already have not made room yet."""
    if identifier in new or identifier not in scene.layers:
        return QPointF(*where[identifier])
    return QPointF(*scene.layers[identifier].corner)
