"""A file that is read again and again: whether it is still the one that was opened."""

import hashlib
import os
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

from engine.data.reading.files import cannot_open
from engine.errors import DataError

SAMPLES, SAMPLE_BYTES = 16, 1 << 16
CHANGED = "it has changed since it was chosen; choose it again"


def fingerprint(path: Path) -> str:
    """SHA-256 over the size and 16 blocks spread over the file: cheap for one of any size.

    A change that keeps the size and touches none of the blocks is not noticed.
    """
    with opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        digest = hashlib.sha256(f"{size}".encode())
        last = max(0, size - SAMPLE_BYTES)
        for number in range(SAMPLES):
            file.seek(last * number // (SAMPLES - 1))
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()


def opened(path: Path, name: str = "") -> FileIO:
    """The file, unbuffered, for reading. Raises DataError in one sentence."""
    try:
        if not path.is_file() and path.exists():
            raise cannot_open(name or path.name, f"{path} is not a regular file")
        return FileIO(path)
    except FileNotFoundError:
        raise cannot_open(name or path.name, f"there is no file {path}") from None
    except PermissionError:
        raise cannot_open(name or path.name, f"no permission to read {path}") from None
    except OSError as error:
        raise cannot_open(name or path.name, f"{error.strerror} ({path})") from None


@dataclass(frozen=True)
class WatchedFile:
    """A file as it was when it was looked at; `name` is what a person knows it by."""

    path: Path
    name: str
    size: int
    modified: int
    fingerprint: str

    @classmethod
    def of(cls, path: Path, name: str = "") -> "WatchedFile":
        """The file as it is now. Raises DataError where it cannot be read."""
        with opened(path, name) as file:
            facts = os.fstat(file.fileno())
        return cls(path, name or path.name, facts.st_size, facts.st_mtime_ns, fingerprint(path))

    def open(self) -> FileIO:
        """The file for reading. Raises DataError where it is gone, or is another one by now."""
        file = opened(self.path, self.name)
        facts = os.fstat(file.fileno())
        if (facts.st_size, facts.st_mtime_ns) != (self.size, self.modified):
            same = facts.st_size == self.size and fingerprint(self.path) == self.fingerprint
            if not same:
                file.close()
                raise cannot_open(self.name, CHANGED)
        return file

    def fill(self, file: FileIO, offset: int, view: memoryview) -> None:
        """Fills `view` with the bytes from `offset`. Raises DataError where they are not there."""
        try:
            file.seek(offset)
            while (count := file.readinto(view)) < len(view):
                if not count:
                    raise cannot_open(self.name, "it is incomplete: its end is missing")
                view = view[count:]
        except DataError:
            raise
        except OSError as error:
            raise cannot_open(self.name, f"{error.strerror} ({self.path})") from None
