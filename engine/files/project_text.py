"""The project in a file, checked field by field so that a refusal names the layer and the range."""

import re
from typing import Any

from pydantic import ValidationError

from engine.design import Design
from engine.errors import DesignError, sentence
from engine.files.json_text import parsed
from engine.files.keras_values import made, shortened
from engine.files.wanted import MAX_LAYERS, MAX_LINKS, Refused
from engine.layers import Layer
from engine.project import Project

IDENTIFIER = re.compile(r"[A-Za-z0-9_-]{1,40}")


def project_from(text: str) -> Project:
    """The project in `text`. Raises Refused in one sentence where it is not one."""
    value = parsed(text, "its project")
    design = value.get("design")
    if not isinstance(design, dict):
        raise Refused("its project has no design")
    _require_small(design)
    for node in design["nodes"]:
        _require_layer(node)
    try:
        return Project.model_validate(value | {"design": Design.from_plain(design)})
    except DesignError as error:
        raise Refused(str(error)) from None
    except ValidationError as error:
        raise Refused(sentence(error, "its project")) from None


def _require_small(design: dict[str, Any]) -> None:
    for part, most in (("nodes", MAX_LAYERS), ("links", MAX_LINKS)):
        listed = design.get(part)
        if not isinstance(listed, list):
            raise Refused(f"its design has no list of {part}")
        if len(listed) > most:
            raise Refused(f"its design has {len(listed):,} {part}; at most {most:,} are opened")


def _require_layer(node: Any) -> None:
    """Checks one layer by itself, where its name is at hand for the message."""
    layer = node.get("layer") if isinstance(node, dict) else None
    if not isinstance(layer, dict) or not IDENTIFIER.fullmatch(str(node.get("id"))):
        raise Refused(f"its design has a layer that cannot be read: {shortened(node)}")
    where = f"layer {shortened(node.get('name'))}"
    fields = dict(layer)
    kind = Layer.family.get(str(fields.pop("kind", None)))
    if kind is None:
        raise Refused(f"{where} is a {shortened(layer.get('kind'))} layer, which is not supported")
    made(kind, where, fields)
