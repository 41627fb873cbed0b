"""Layers as JSON text that a person can read, edit and paste back: names instead of ids.

    {"glasswork": "layers",
     "layers": [
      {"name": "dense_1", "kind": "dense", "units": 64, "at": [0, 0]},
      {"name": "relu_1", "kind": "activation", "function": "relu", "at": [248, 0]}],
     "links": [["dense_1", "relu_1"]]}

Options at their defaults may be left out, and so may names, places and links.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from engine.design import Design, Link, Node
from engine.errors import DesignError, sentence
from engine.fragments import Fragment, Point
from engine.groups import Group, Groups, changed, grouped
from engine.layers import Layer

_KEY, _VALUE = "glasswork", "layers"
_OLDER = "glasswork layers"
_FARTHEST = 1e7
_NO_LAYERS = "the clipboard holds no layers; copy some from a canvas first"


# ── writing ─────────────────────────────────────────────────────────────────────────────────


def to_text(fragment: Fragment) -> str:
    """The fragment as JSON, a layer a line."""
    design, places = fragment.design, fragment.places
    names = {node.id: node.name for node in design.nodes}
    layers = [_plain(node, places.get(node.id)) for node in design.nodes]
    links = [[names[each.source], names[each.target]] for each in design.links]
    groups = [_plain_group(each, names) for each in fragment.groups]
    head = [f'"{_KEY}": "{_VALUE}"']
    head += [f'"name": {_json(fragment.name)}'] if fragment.name else []
    parts = [*head, f'"layers": {_lines(layers)}', f'"links": {_lines(links)}']
    parts += [f'"groups": {_lines(groups)}'] if groups else []
    return "{" + ",\n ".join(parts) + "}\n"


def _plain(node: Node, at: Point | None) -> dict[str, Any]:
    """The first option always, since it says most; others where they are not as they come."""
    layer = node.layer
    said = {"name": node.name, "kind": layer.kind}
    values = layer.dump()
    for place, (name, info) in enumerate(type(layer).model_fields.items()):
        usual = info.get_default(call_default_factory=True)
        if not place or getattr(layer, name) != usual:
            said[name] = _short(values[name])
    return said if at is None else said | {"at": [round(at[0], 2), round(at[1], 2)]}


def _plain_group(group: Group, names: Mapping[str, str]) -> dict[str, Any]:
    said = {"name": group.name, "layers": [names[each] for each in group.members]}
    return said | ({"folded": True} if group.folded else {})


def _short(value: Any) -> Any:
    """A choice without options by its name alone."""
    return value["kind"] if isinstance(value, dict) and list(value) == ["kind"] else value


def _lines(items: list[Any]) -> str:
    inside = ",\n  ".join(_json(each) for each in items)
    return f"[\n  {inside}]" if items else "[]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# ── reading ─────────────────────────────────────────────────────────────────────────────────


def from_text(text: str) -> Fragment:
    """The layers in `text`. Raises DesignError in one sentence that names the layer and field."""
    plain = _parsed(text)
    if plain.get("kind") == _OLDER:
        return _from_older(plain)
    nodes, places = _nodes(plain["layers"])
    by_name = {node.name: node.id for node in nodes}
    if len(by_name) < len(nodes):
        names = [node.name for node in nodes]
        twice = next(name for name in names if names.count(name) > 1)
        raise DesignError(f"two layers are named {twice!r}; names must differ")
    links = [_link(each, by_name) for each in _list(plain, "links")]
    unchecked = {"nodes": nodes, "links": links, "next_id": len(nodes) + 1}
    name = plain.get("name", "")
    name = name if isinstance(name, str) else ""
    return Fragment(Design.from_plain(unchecked), places, name, _groups(plain, by_name))


def _parsed(text: str) -> dict[str, Any]:
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        if f'"{_KEY}"' in text:
            raise DesignError(
                f"the text is not JSON any more: {error.msg}, line {error.lineno}, "
                f"column {error.colno}"
            ) from None
        plain = None
    except (RecursionError, ValueError):
        plain = None
    if not isinstance(plain, dict):
        raise DesignError(_NO_LAYERS)
    older = plain.get("kind") == _OLDER and plain.get("nodes")
    if not older and not (plain.get(_KEY) == _VALUE and _list(plain, "layers")):
        raise DesignError(_NO_LAYERS)
    return plain


def _list(plain: Mapping[str, Any], key: str) -> list[Any]:
    value = plain.get(key, [])
    if not isinstance(value, list):
        raise DesignError(f'"{key}" should be a list in brackets, not {_json(value)[:40]}')
    return value


def _nodes(entries: list[Any]) -> tuple[list[Node], dict[str, Point]]:
    nodes: list[Node] = []
    places: dict[str, Point] = {}
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            raise DesignError(
                f"layer {number} should be options in braces, not {_json(entry)[:40]}"
            )
        fields = dict(entry)
        name, at = fields.pop("name", None), fields.pop("at", None)
        identifier = f"n{number}"
        node = _node(identifier, name, fields, number, {each.name for each in nodes})
        nodes.append(node)
        if at is not None:
            places[identifier] = _place(at, node.name)
    return nodes, places


def _node(identifier: str, name: Any, fields: dict[str, Any], number: int, taken: set[str]) -> Node:
    where = f"layer {name if isinstance(name, str) and name else number}"
    if "kind" not in fields:
        raise DesignError(f'{where}: kind is missing, such as "dense"')
    try:
        layer: Layer = Layer.parse(fields)
    except ValidationError as error:
        raise DesignError(sentence(error, where)) from None
    except ValueError as error:
        raise DesignError(f"{where}: kind should {error}") from None
    if name is None:
        name = next(n for k in range(1, number + 1) if (n := f"{layer.kind}_{k}") not in taken)
    try:
        return Node(id=identifier, name=name, layer=layer)
    except ValidationError as error:
        raise DesignError(sentence(error, where)) from None


def _place(at: Any, name: str) -> Point:
    good = (
        isinstance(at, list)
        and len(at) == 2
        and all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in at)
        and all(math.isfinite(each) and abs(each) <= _FARTHEST for each in at)
    )
    if not good:
        raise DesignError(f"layer {name}: at should be two numbers in brackets, not {at!r}")
    return float(at[0]), float(at[1])


def _link(entry: Any, by_name: Mapping[str, str]) -> Link:
    good = isinstance(entry, list) and len(entry) == 2
    if not good or not all(isinstance(each, str) for each in entry):
        raise DesignError(
            f"a link should be two names of layers in brackets, not {_json(entry)[:60]}"
        )
    for name in entry:
        if name not in by_name:
            source, target = entry
            raise DesignError(f"the link from {source} to {target}: there is no layer {name!r}")
    return Link(source=by_name[entry[0]], target=by_name[entry[1]])


def _groups(plain: Mapping[str, Any], by_name: Mapping[str, str]) -> Groups:
    found: Groups = ()
    for entry in _list(plain, "groups"):
        fields = entry if isinstance(entry, dict) else {}
        name, layers = fields.get("name", ""), fields.get("layers")
        if not isinstance(name, str) or not isinstance(layers, list) or not layers:
            raise DesignError(
                f'a group should have a "name" and its "layers", not {_json(entry)[:60]}'
            )
        for each in layers:
            if not isinstance(each, str) or each not in by_name:
                raise DesignError(f"the group {name}: there is no layer {each!r}")
        try:
            found = grouped(found, [by_name[each] for each in layers], name)
        except ValidationError as error:
            raise DesignError(sentence(error, f"group {name}")) from None
        if fields.get("folded") is True:
            found = changed(found, found[-1].id, folded=True)
    return found


def _from_older(plain: dict[str, Any]) -> Fragment:
    """As earlier versions wrote it, with ids; places that make no sense are passed over."""
    design = Design.from_plain({"nodes": plain["nodes"], "links": plain.get("links", [])})
    places: dict[str, Point] = {}
    for each in _list(plain, "layout"):
        if isinstance(each, dict) and {"id", "x", "y"} <= each.keys():
            places[str(each["id"])] = _place([each["x"], each["y"]], str(each["id"]))
    return Fragment(design, places)
