"""Layers as JSON text: what Ctrl+C puts on the clipboard and Ctrl+V takes from it."""

import json
from collections.abc import Collection

from engine.design import Design
from engine.errors import DesignError
from engine.project import Position, Project
from gui.canvas.arrange import Places, places

_MARK = "glasswork layers"


def to_text(project: Project, identifiers: Collection[str]) -> str:
    """The layers with these ids, the links among them and their places, as JSON."""
    design, where = project.design, places(project)
    chosen = set(identifiers)
    return json.dumps(
        {
            "kind": _MARK,
            "nodes": [node.model_dump(mode="json") for node in design.nodes if node.id in chosen],
            "links": [
                link.model_dump()
                for link in design.links
                if link.source in chosen and link.target in chosen
            ],
            "layout": [{"id": each, "x": where[each][0], "y": where[each][1]} for each in chosen],
        },
        indent=1,
    )


def from_text(text: str) -> tuple[Design, Places]:
    """The layers in `text` as a small design of their own. Raises DesignError if there are none."""
    try:
        plain = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        plain = None
    if not isinstance(plain, dict) or plain.get("kind") != _MARK or not plain.get("nodes"):
        raise DesignError("the clipboard holds no layers; copy some from a canvas first")
    design = Design.from_plain({"nodes": plain["nodes"], "links": plain.get("links", [])})
    try:
        found = [Position.model_validate(each) for each in plain.get("layout", [])]
    except (ValueError, TypeError):
        found = []
    return design, {each.id: (each.x, each.y) for each in found}
