"""A person's table in the model file: its bytes as an array, its path relative to the file."""

import os
from pathlib import Path

import numpy as np

from engine.data.sources.personal import EmbeddedFile, PersonalFile
from engine.project import Project

TABLE = "glasswork/data/content"


def parted(project: Project, folder: Path) -> tuple[Project, np.ndarray | None]:
    """The project with its table's path relative to `folder`, and the table's bytes apart."""
    source = project.data.source if project.data else None
    if project.data is None or not isinstance(source, PersonalFile):
        return project, None
    path = _relative(source.path, folder)
    if not isinstance(source, EmbeddedFile):
        bare = project.data.edited(source=source.edited(path=path))
        return project.edited(data=bare), None
    bare = project.data.edited(source=source.edited(path=path, content=None))
    content = source.content
    table = None if content is None else np.frombuffer(content, np.uint8)
    return project.edited(data=bare), table


def joined(project: Project, table: np.ndarray | None, folder: Path) -> Project:
    """The project with its table's bytes, where the file holds them, and an absolute path."""
    source = project.data.source if project.data else None
    if project.data is None or not isinstance(source, PersonalFile):
        return project
    path = os.path.normpath(folder.absolute() / source.path)
    found = source.edited(path=path)
    if isinstance(found, EmbeddedFile) and table is not None:
        found = found.edited(content=table.tobytes())
    return project.edited(data=project.data.edited(source=found))


def _relative(path: str, folder: Path) -> str:
    """From `folder` to `path`, with slashes that every system reads; absolute on another drive."""
    try:
        return Path(os.path.relpath(path, folder.absolute())).as_posix()
    except ValueError:
        return path
