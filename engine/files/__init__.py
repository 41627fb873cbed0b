"""Model files: one HDF5 file is both a Keras model and a whole Glasswork project."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.files.reading import Opened, read
    from engine.files.writing import save

# Imported on first use, so that the sandbox's process starts without the engine.
_LATER = {
    "Opened": "engine.files.reading",
    "read": "engine.files.reading",
    "save": "engine.files.writing",
}

__all__ = ["Opened", "read", "save"]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'engine.files' has no attribute {name!r}")
