"""What one does to groups and notes: functions from a project to a new one, as in `edits`.

They never touch the design, so they are free while training runs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from engine import groups
from engine.design import Link
from engine.errors import DesignError
from engine.groups import LONGEST_NAME, LONGEST_TEXT, Groups, Note, Notes
from engine.project import Project
from gui.canvas import edits
from gui.canvas.arrange import places
from gui.canvas.change import Change, Point
from gui.words import tr

NOTE_SIZE = 200.0, 96.0


def group(project: Project, layers: Sequence[str]) -> Change:
    """These layers as one group; they leave the groups that they were in."""
    if not layers:
        raise DesignError(tr("select the layers to group first"))
    made = groups.grouped(project.groups, layers)
    return Change(tr("Group {name}", name=made[-1].name), _with(project, made), tuple(layers))


def ungroup(project: Project, layers: Collection[str]) -> Change:
    """Without the groups that any of these layers is in; the layers stay."""
    gone = _chosen(project, layers)
    kept = tuple(each for each in project.groups if each not in gone)
    return Change(tr("Ungroup {name}", name=_name(gone)), _with(project, kept))


def fold(project: Project, layers: Collection[str]) -> Change:
    """Fold the groups of these layers, or unfold them where all are folded already."""
    chosen = _chosen(project, layers)
    folded = not all(each.folded for each in chosen)
    made = project.groups
    for each in chosen:
        made = groups.changed(made, each.id, folded=folded)
    members = tuple(member for each in chosen for member in each.members)
    words = tr("Fold {name}", name=_name(chosen))
    if not folded:
        words = tr("Unfold {name}", name=_name(chosen))
    return Change(words, _with(project, made), members)


def reveal(project: Project, layer: str) -> Change:
    """Unfold the group that this layer is folded into."""
    return replace(fold(project, (layer,)), focus=(layer,))


def rename(project: Project, identifier: str, name: str) -> Change:
    """A group by another name."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise DesignError(tr("the name of a group has 1 to {most} characters", most=LONGEST_NAME))
    made = groups.changed(project.groups, identifier, name=name)
    same = any(each.id == identifier and each.name == name for each in project.groups)
    renamed = project if same else _with(project, made)
    return Change(tr("Rename group to {name}", name=name), renamed)


def delete(
    project: Project, layers: Sequence[str], links: Sequence[Link], heal: bool, notes: Sequence[str]
) -> Change:
    """Without those layers, links and notes."""
    if not layers and not links:
        return delete_notes(project, notes)
    deleted = edits.delete(project, layers, links, heal)
    return replace(deleted, project=delete_notes(deleted.project, notes).project)


# ── notes ───────────────────────────────────────────────────────────────────────────────────


def write(project: Project, identifier: str, text: str, at: Point) -> Change:
    """What a note says; one without an id is new, and lies at `at`. An empty one goes."""
    text = text.strip()[:LONGEST_TEXT]
    note = _note(project, identifier)
    if not text:
        return delete_notes(project, (identifier,))
    if note is None:
        width, height = NOTE_SIZE
        number = groups.free_number(project.notes)
        x, y = at
        new = Note(id=f"note {number}", text=text, x=x, y=y, width=width, height=height)
        return Change(tr("Add a note"), _noted(project, (*project.notes, new)))
    if text == note.text:
        return Change("", project)
    return Change(tr("Edit a note"), _changed(project, identifier, text=text))


def resize(project: Project, identifier: str, width: float, height: float) -> Change:
    """A note of another size."""
    return Change(tr("Resize a note"), _changed(project, identifier, width=width, height=height))


def move(project: Project, to: Mapping[str, Point]) -> Change:
    """Layers and notes at other places."""
    layers = {each: place for each, place in to.items() if project.design.has(each)}
    moved = edits.move(project, layers) if layers else Change(tr("Move notes"), project)
    made = moved.project
    for each in to.keys() - layers.keys():
        x, y = to[each]
        made = _changed(made, each, x=x, y=y)
    return replace(moved, project=made)


def nudge(project: Project, chosen: Collection[str], dx: float, dy: float) -> Change:
    """Layers and notes moved a little; nudges of the same ones in a row are one step."""
    where = places(project) | {each.id: (each.x, each.y) for each in project.notes}
    moved = move(project, {each: (where[each][0] + dx, where[each][1] + dy) for each in chosen})
    return replace(moved, merge="nudge " + " ".join(sorted(chosen)))


def delete_notes(project: Project, identifiers: Collection[str]) -> Change:
    """Without these notes."""
    kept = tuple(each for each in project.notes if each.id not in identifiers)
    count = len(project.notes) - len(kept)
    words = tr("Delete a note") if count == 1 else tr("Delete %n notes", count)
    return Change(words, _noted(project, kept) if count else project)


# ── inside ──────────────────────────────────────────────────────────────────────────────────


def _chosen(project: Project, layers: Collection[str]) -> Groups:
    found = groups.touched(project.groups, layers)
    if not found:
        raise DesignError(tr("no selected layer is in a group; group some with Ctrl+G"))
    return found


def _name(chosen: Groups) -> str:
    return chosen[0].name if len(chosen) == 1 else tr("%n groups", len(chosen))


def _note(project: Project, identifier: str) -> Note | None:
    return next((each for each in project.notes if each.id == identifier), None)


def _changed(project: Project, identifier: str, **changes: object) -> Project:
    notes = (n.edited(**changes) if n.id == identifier else n for n in project.notes)
    return _noted(project, tuple(notes))


def _with(project: Project, made: Groups) -> Project:
    return project.model_copy(update={"groups": made})


def _noted(project: Project, notes: Notes) -> Project:
    return project.model_copy(update={"notes": notes})
