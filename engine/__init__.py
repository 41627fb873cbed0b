"""Glasswork's engine: neural networks from scratch in NumPy, for a window or without one."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from engine import layers
from engine.design import Design
from engine.errors import DataError, DesignError, FileError, GlassworkError, TrainingError
from engine.project import Project, Trained, TrainingRecipe
from engine.trainer import Trainer

if TYPE_CHECKING:
    from engine.model import Model, load
    from engine.templates import new

# Imported where they are first asked for: they bring in modules that take a while.
_LATER = {"Model": "engine.model", "load": "engine.model", "new": "engine.templates"}

__all__ = [
    "DataError",
    "Design",
    "DesignError",
    "FileError",
    "GlassworkError",
    "Model",
    "Project",
    "Trained",
    "Trainer",
    "TrainingError",
    "TrainingRecipe",
    "layers",
    "load",
    "new",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'engine' has no attribute {name!r}")
