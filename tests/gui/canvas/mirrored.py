"""That the scene is equal to the document, item by item."""

from PySide6.QtCore import QPointF

from engine.design import Link
from engine.groups import Group, Note
from gui.canvas import Canvas, arrange
from gui.canvas.block_item import corner
from gui.document import Document


def assert_mirrors(canvas: Canvas, document: Document) -> None:
    """Everything that is seen of the document is what it holds, and nothing else is."""
    scene, project = canvas.scene, document.project
    folded = {m: group for group in project.groups if group.folded for m in group.members}
    _assert_layers(canvas, document, folded)
    for link in scene.links:
        _assert_link(canvas, link, folded)
    assert scene.links.keys() == set(project.design.links)
    for group in project.groups:
        _assert_group(canvas, group)
    opened = {group.id for group in project.groups if not group.folded}
    assert scene.groups.frames.keys() == opened
    assert scene.groups.blocks.keys() == {group.id for group in folded.values()}
    assert scene.notes.keys() == {note.id for note in project.notes}
    for note in project.notes:
        _assert_note(canvas, note)
    _assert_selection(canvas, document, folded)
    _assert_nothing_else(canvas)


def _assert_layers(canvas: Canvas, document: Document, folded: dict[str, Group]) -> None:
    project, walk, scene = document.project, document.walk, canvas.scene
    ids = {node.id for node in project.design.nodes}
    assert scene.layers.keys() == ids
    assert scene.cards.keys() == (ids - folded.keys()) | {g.id for g in folded.values()}
    places = arrange.places(project)
    wrong = {each.where for each in document.problems}
    for node in project.design.nodes:
        item = scene.layers[node.id]
        assert item.corner == places[node.id]
        assert item.pos() == QPointF(*item.corner), "to Qt's own precision"
        assert (item.card.name, item.card.summary) == (node.name, node.layer.summary)
        assert item.isVisible() == (node.id not in folded)
        assert bool(item.card.error) == (node.id in wrong)
        if node.id in walk.widths:
            assert f"out {walk.widths[node.id]:,}" in item.card.numbers


def _assert_link(canvas: Canvas, link: Link, folded: dict[str, Group]) -> None:
    scene, item = canvas.scene, canvas.scene.links[link]
    inner = link.source in folded and folded[link.source] is folded.get(link.target)
    assert item.isVisible() != inner
    if not inner:
        assert item.path().pointAtPercent(0) == scene.card_of(link.source).out_port
        assert item.path().pointAtPercent(1) == scene.card_of(link.target).in_port


def _assert_group(canvas: Canvas, group: Group) -> None:
    scene = canvas.scene
    assert group.members
    if group.folded:
        block = scene.groups.blocks[group.id]
        places = {each: scene.layers[each].corner for each in group.members}
        assert block.corner == corner(places, group.members)
        assert block.pos() == QPointF(*block.corner)
        assert block.card.name == group.name
    else:
        frame = scene.groups.frames[group.id]
        assert frame.name == group.name
        assert frame.box.contains(scene.rect_of(group.members))


def _assert_note(canvas: Canvas, note: Note) -> None:
    item = canvas.scene.notes[note.id]
    assert (item.x(), item.y(), *item.size) == (note.x, note.y, note.width, note.height)
    assert item.text == note.text


def _assert_selection(canvas: Canvas, document: Document, folded: dict[str, Group]) -> None:
    """A folded layer is selected on the canvas only with all the others of its group."""
    focus = set(document.focus.layers)
    shown = {e for e in focus if e not in folded or focus.issuperset(folded[e].members)}
    assert set(canvas.scene.selected_layers()) == shown


def _assert_nothing_else(canvas: Canvas) -> None:
    """Two items are always there: the ghost of a dragged card, and the guides."""
    scene, groups = canvas.scene, canvas.scene.groups
    known = (scene.layers, scene.links, scene.notes, groups.frames, groups.blocks)
    assert len(scene.items()) == 2 + sum(map(len, known))
