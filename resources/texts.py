"""Every text that a person may read, gathered from where it stands, to be translated."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import engine
from engine.kinds import Kind, Value
from gui.action_table import ACTIONS, MENUS, SUBMENUS
from gui.form_fields import literal_values
from gui.panels import PANELS

ROOT = Path(__file__).parents[1]
SAID = {"Problem", "Note", "Repair", "Finding", "Refused", "cannot_open"}
"""What the engine says, beside its errors; of the last two, the end of a sentence."""


@dataclass(frozen=True, order=True)
class Text:
    """Words as they stand in English; `counts` where they differ by a number."""

    words: str
    counts: bool = False


def all_texts() -> list[Text]:
    """All of them, each once."""
    found = {*_marked(), *map(Text, _of_tables()), *map(Text, _of_kinds())}
    found |= {Text(each) for each in sentences()}
    counted = {text.words for text in found if text.counts}
    kept = (each for each in found if each.counts == (each.words in counted))
    return sorted(each for each in kept if any(map(str.isalpha, each.words)))


def sentences() -> list[str]:
    """What the engine says of problems and errors, with {0}, {1}, … for names and numbers."""
    said = {words for tree in _trees("engine") for words in _said(tree) if _is_language(words)}
    return sorted(said)


# ── the window ──────────────────────────────────────────────────────────────────────────────


def _marked() -> Iterator[Text]:
    for tree in _trees("gui"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in ("tr", "mark", "told"):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield Text(first.value, counts=len(node.args) > 1)


def _of_tables() -> Iterator[str]:
    for spec in ACTIONS:
        yield from (spec.text, spec.tip)
    yield from (title for title, _ in MENUS)
    yield from SUBMENUS.values()
    yield from (panel.title for panel in PANELS)


# ── the engine ──────────────────────────────────────────────────────────────────────────────


def _of_kinds() -> Iterator[str]:
    """Names and tips of all that can be chosen, and of the fields of every value."""
    for module in pkgutil.walk_packages(engine.__path__, "engine."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for value in _below(Value):
        if issubclass(value, Kind):
            yield from (value.label, value.tip)
        for info in value.model_fields.values():
            yield from _of_field(info)


def _of_field(info: Any) -> Iterator[str]:
    if info.title:
        yield from (info.title, info.description or "")
        words = (each for each in literal_values(info.annotation) if isinstance(each, str))
        for word in (each.replace("_", " ") for each in words):
            yield from (word, word.capitalize())


def _below(family: type[Value]) -> Iterator[type[Value]]:
    for each in family.__subclasses__():
        yield each
        yield from _below(each)


def _said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        call = node.exc if isinstance(node, ast.Raise) else node
        if isinstance(call, ast.Call):
            name = _name(call.func)
            if name in SAID or (isinstance(node, ast.Raise) and name.endswith("Error")):
                given = [*call.args, *(each.value for each in call.keywords)]
                yield from (words for each in given if (words := _template(each)))
        elif isinstance(node, ast.FunctionDef):
            yield from _said_by(node)


def _said_by(function: ast.FunctionDef) -> Iterator[str]:
    """What is named before it is said, the reasons why something cannot be, summaries, endings."""
    within = list(ast.walk(function))
    names = _names_said(within)
    for node in within:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in names:
                yield from map(_template, _either(node.value))
            case ast.Assign(targets=[ast.Tuple(elts=several)], value=ast.Tuple(elts=values)):
                pairs = zip(several, values, strict=False)
                yield from (_template(v) for each, v in pairs if _id(each) in names)
            case ast.Return(value=ast.expr() as value) if _tells(function):
                given = value.elts if isinstance(value, ast.Tuple) else [value]
                yield from (_template(part) for each in given for part in _either(each))
            case _:
                pass


def _names_said(nodes: list[ast.AST]) -> set[str]:
    calls = [node for node in nodes if isinstance(node, ast.Call) and _name(node.func) in SAID]
    return {_id(each) for call in calls for each in call.args} - {""}


def _tells(function: ast.FunctionDef) -> bool:
    """Whether it gives a reason or None, the summary of a layer, or how a training ended."""
    gives = ast.unparse(function.returns) if function.returns else ""
    return function.name == "summary" or gives == "str | None" or "Ending" in gives


def _either(node: ast.expr) -> list[ast.expr]:
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def _id(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _template(node: ast.expr) -> str:
    """The words of a string, those of an f-string with its fields numbered."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts: list[str] = []
    for value in node.values:
        count = sum(part.startswith("{") for part in parts)
        parts.append(str(value.value) if isinstance(value, ast.Constant) else f"{{{count}}}")
    return "".join(parts)


def _is_language(words: str) -> bool:
    """Whether there is more than a name in it."""
    return " " in words.strip() and any(each.isalpha() for each in words)


def _trees(package: str) -> Iterator[ast.AST]:
    for path in sorted((ROOT / package).rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""
