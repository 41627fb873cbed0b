"""Saving a model file: built in memory, then put in place whole or not at all."""

import io
import os
from pathlib import Path
from typing import Any

from engine.data.dataset import DataFacts
from engine.errors import FileError
from engine.files.content import Content
from engine.files.embedding import TABLE, parted
from engine.files.packing import packed
from engine.files.replacing import replace_file
from engine.files.runs import add_runs
from engine.files.wanted import MAX_FILE_BYTES, readable_size
from engine.project import Project, Trained
from engine.runs import Runs


def save(
    path: str | os.PathLike[str],
    project: Project,
    trained: Trained | None = None,
    *,
    include_data: bool = True,
    facts: DataFacts | None = None,
    runs: Runs = (),
) -> None:
    """Writes `project` and what training made of it to `path`, replacing what is there at once.

    `facts` of the data let an untrained project be a Keras model, too. `include_data=False`
    leaves a person's table out. Raises FileError; what was there before is then intact.
    """
    folder = Path(path).parent
    bare, table = parted(project, folder)
    content = packed(bare, trained, facts)
    add_runs(content, runs, trained, folder)
    if table is not None and include_data:
        content.arrays[TABLE] = table
    _require_openable(Path(path), content)
    content.seal()
    replace_file(Path(path), hdf5_bytes(content))


def write(path: Path, content: Content) -> None:
    """Writes `content` as an HDF5 file. Raises FileError; what was there before is then intact."""
    _require_openable(path, content)
    replace_file(path, hdf5_bytes(content))


def _require_openable(path: Path, content: Content) -> None:
    """Raises FileError where the file would be too large to be opened again."""
    arrays = (*content.arrays.values(), *content.unlisted.values())
    size = sum(array.nbytes for array in arrays)
    if size > MAX_FILE_BYTES:
        raise FileError(
            f"{path}: not saved, since its arrays take {readable_size(size)} and files of more "
            f"than {readable_size(MAX_FILE_BYTES)} are not opened"
        )


def hdf5_bytes(content: Content) -> memoryview:
    """The bytes of an HDF5 file that holds `content`."""
    import h5py

    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        for (group, name), value in content.attributes.items():
            file.require_group(group or "/").attrs[name] = _attribute(value)
        for place, array in (content.arrays | content.unlisted).items():
            file.create_dataset(place, data=array)
    return buffer.getbuffer()


def _attribute(value: str | int | tuple[str, ...]) -> Any:
    """Names as an array of texts, of which an attribute holds many; all else as it is."""
    import h5py
    import numpy as np

    if isinstance(value, tuple):
        return np.array(value, dtype=h5py.string_dtype())
    return value
