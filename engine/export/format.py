"""What a format of export is: its names for people and files, and the function that writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine.project import Project, Trained


@dataclass(frozen=True)
class Format:
    """`write` raises FileError with the reason where the format cannot express a model."""

    name: str
    label: str
    suffix: str
    tip: str
    write: Callable[[Project, Trained, Path], None]
