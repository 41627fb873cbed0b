"""Forms in which a model leaves for other programs: one file a format, one row a format here."""

from pathlib import Path

from engine.errors import FileError
from engine.export.format import Format
from engine.export.keras import KERAS
from engine.project import Project, Trained

__all__ = ["EXPORTERS", "Format", "export"]

EXPORTERS: dict[str, Format] = {each.name: each for each in (KERAS,)}


def export(project: Project, trained: Trained | None, name: str, path: Path) -> None:
    """Writes the model to `path` in the format called `name`.

    Raises FileError for a format that does not exist, and for what the format cannot express.
    """
    chosen = EXPORTERS.get(name)
    if chosen is None:
        raise FileError(f"there is no format {name!r}; known are {', '.join(sorted(EXPORTERS))}")
    if trained is None:
        raise FileError(f"{project.name} has not been trained yet: train it, then export it")
    chosen.write(project, trained, path)
