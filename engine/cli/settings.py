"""`--set training.optimizer.learning_rate=0.01`: any field of a project, by its dotted path."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError

from engine.data.recipe import Column, DataRecipe
from engine.design import Design
from engine.errors import DesignError, GlassworkError, sentence
from engine.kinds import Value
from engine.project import Project

V = TypeVar("V", bound=Value)


class SettingError(GlassworkError):
    """A --set that names no field, or gives it a value that it cannot have."""


def changed(project: Project, settings: Iterable[str]) -> Project:
    """The project with every `path=value` applied. Raises SettingError in one sentence."""
    for setting in settings:
        path, equals, text = setting.partition("=")
        if not equals:
            raise SettingError(f"--set {setting}: write it as path=value, like training.epochs=5")
        try:
            project = _changed(project, path.strip(), _value(text.strip()))
        except ValidationError as error:
            raise SettingError(f"--set {setting}: {sentence(error)}") from None
        except GlassworkError as error:
            raise SettingError(f"--set {setting}: {error}") from None
    return project


def _value(text: str) -> Any:
    """JSON where it is JSON, else the text itself, so that names need no quotes."""
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return text


def _changed(project: Project, path: str, value: Any) -> Project:
    root, _, rest = path.partition(".")
    if root == "training" and rest:
        return project.edited(training=_edited(project.training, rest.split("."), value))
    if root == "design" and rest:
        return project.edited(design=_design(project.design, rest, value))
    if root == "data" and rest:
        if project.data is None:
            raise SettingError("the project has no data; name a file with --data")
        return project.edited(data=_data(project.data, rest, value))
    if root == "judgement" and rest:
        return project.edited(judgement=_edited(project.judgement, rest.split("."), value))
    raise SettingError("a path begins with training., design.<layer name>., data. or judgement.")


def _design(design: Design, path: str, value: Any) -> Design:
    """Names of layers may hold dots, so the longest that fits is taken."""
    names = sorted((node.name for node in design.nodes), key=len, reverse=True)
    name = next((name for name in names if path.startswith(f"{name}.")), None)
    if name is None:
        raise DesignError(f"no layer is named {path.partition('.')[0]!r}; there is {_list(names)}")
    fields = path.removeprefix(f"{name}.").split(".")
    return design.replace(name, _edited(design.node(name).layer, fields, value))


def _data(recipe: DataRecipe, path: str, value: Any) -> DataRecipe:
    """`columns.<column>.kind` adds the column to those that are not left to guessing."""
    if not path.startswith("columns."):
        return _edited(recipe, path.split("."), value)
    name, _, field = path.removeprefix("columns.").rpartition(".")
    old = next((column for column in recipe.columns if column.name == name), Column(name=name))
    others = tuple(column for column in recipe.columns if column.name != name)
    return recipe.edited(columns=(*others, _edited(old, [field], value)))


def _edited(value: V, path: Sequence[str], new: Any) -> V:
    head, *rest = path
    names = list(type(value).model_fields)
    if head not in names:
        raise SettingError(f"there is no field {head!r}; there is {_list(names)}")
    if rest:
        inner = getattr(value, head)
        if not isinstance(inner, Value):
            raise SettingError(f"{head} has no field {rest[0]!r}; it is a single value")
        new = _edited(inner, rest, new)
    return value.edited(**{head: new})


def _list(names: Sequence[str]) -> str:
    return ", ".join(sorted(names)) or "none"
