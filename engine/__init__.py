"""Glasswork's engine: neural networks from scratch in NumPy, for a window or without one.

What it offers is imported where it is first asked for, so that `import engine` takes no time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine import layers
    from engine.design import Design
    from engine.errors import DataError, DesignError, FileError, GlassworkError, TrainingError
    from engine.estimator import NetworkClassifier, NetworkRegressor
    from engine.model import Model, load
    from engine.project import Project, Trained, TrainingRecipe
    from engine.templates import new
    from engine.trainer import Trainer

_PLACES = {
    "DataError": "errors",
    "Design": "design",
    "DesignError": "errors",
    "FileError": "errors",
    "GlassworkError": "errors",
    "Model": "model",
    "NetworkClassifier": "estimator",
    "NetworkRegressor": "estimator",
    "Project": "project",
    "Trained": "project",
    "Trainer": "trainer",
    "TrainingError": "errors",
    "TrainingRecipe": "project",
    "load": "model",
    "new": "templates",
}

__all__ = [
    "DataError",
    "Design",
    "DesignError",
    "FileError",
    "GlassworkError",
    "Model",
    "NetworkClassifier",
    "NetworkRegressor",
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
    if name == "layers":
        return import_module("engine.layers")
    if name in _PLACES:
        return getattr(import_module(f"engine.{_PLACES[name]}"), name)
    raise AttributeError(f"module 'engine' has no attribute {name!r}")
