"""Model files: one HDF5 file is both a Keras model and a whole Glasswork project."""

from typing import Any

__all__ = ["Opened", "read", "save"]


def __getattr__(name: str) -> Any:
    """Imports on first use, so that the sandbox's process starts without the engine."""
    if name == "save":
        from engine.files.writing import save

        return save
    if name in ("Opened", "read"):
        from engine.files import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
