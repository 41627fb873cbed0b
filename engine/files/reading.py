"""Opening a model file, Glasswork's own or one that Keras saved, however hostile it may be."""

import stat
from dataclasses import dataclass
from pathlib import Path

from engine.errors import FileError
from engine.files.content import FORMAT_VERSION, MODEL_CONFIG, PROJECT, VERSION
from engine.files.foreign import from_keras_file
from engine.files.runs import read_runs
from engine.files.sandbox import Reads, sandboxed
from engine.files.unpacking import unpacked
from engine.files.wanted import MAX_FILE_BYTES, SECONDS, Refused, readable_size
from engine.project import Project, Trained
from engine.runs import Runs

SIGNATURE = b"\x89HDF\r\n\x1a\n"


@dataclass(frozen=True)
class Opened:
    """A project, what training made of it (or None), notes for the person, and all its runs."""

    project: Project
    trained: Trained | None
    notes: tuple[str, ...] = ()
    runs: Runs = ()


def read(path: str | Path, *, seconds: float = SECONDS) -> Opened:
    """The project in the file at `path`; each step of reading may take `seconds`.

    Raises FileError in one sentence; nothing in the file is ever run or imported.
    """
    path = Path(path)
    try:
        _require_hdf5(path)
        with sandboxed(path, seconds) as file:
            return opened(file, path)
    except Refused as reason:
        raise FileError(f"cannot open {path}: {reason}") from None


def opened(file: Reads, path: Path) -> Opened:
    """The project in an open file that lies at `path`. Raises Refused with the reason."""
    version, project, config = file.attributes([VERSION, PROJECT, MODEL_CONFIG])
    if version is None and project is None:
        if not isinstance(config, str):
            raise Refused("it holds no model: its model_config is missing")
        return Opened(*from_keras_file(file, config, path.stem))
    if not isinstance(version, int):
        raise Refused("the version of its format is missing")
    if version > FORMAT_VERSION:
        raise Refused(
            f"a newer Glasswork saved it (format {version}, this one reads {FORMAT_VERSION}): "
            "update Glasswork to open it"
        )
    project, trained, notes = unpacked(file, path.parent)
    found = read_runs(file, project, trained)
    return Opened(project, trained, (*notes, *found.notes), found.runs)


def _require_hdf5(path: Path) -> None:
    """Refuses all that need not reach the sandbox: no regular file, too large, another format."""
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise Refused("it is a folder, not a file")
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("it is not a regular file")
        with path.open("rb") as file:
            start = file.read(len(SIGNATURE))
    except FileNotFoundError:
        raise Refused("there is no such file") from None
    except PermissionError:
        raise Refused("there is no permission to read it") from None
    except (OSError, ValueError) as error:
        raise Refused(f"it cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if not start:
        raise Refused("it is empty")
    if start != SIGNATURE:
        raise Refused(_other_format(start))
    if facts.st_size > MAX_FILE_BYTES:
        size, most = readable_size(facts.st_size), readable_size(MAX_FILE_BYTES)
        raise Refused(f"it is too large: {size}, at most {most} are opened")


def _other_format(start: bytes) -> str:
    if SIGNATURE.startswith(start):
        return "it is incomplete: its end is missing"
    if start.startswith(b"PK"):
        return "it is not an HDF5 file but an archive; in Keras, save the model under a name in .h5"
    return "it is not an HDF5 file"
