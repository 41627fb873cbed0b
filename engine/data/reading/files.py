"""A person's file as bytes, or one sentence on why it cannot be read."""

import hashlib
import stat
from pathlib import Path

from engine.errors import DataError

EMBED_LIMIT = 64 * 2**20  # a larger file stays where it is; the document keeps its path and hash


def cannot_open(name: str, reason: str) -> DataError:
    """The error for a file that cannot be read, in the one form that all of them have."""
    return DataError(f"cannot open {Path(name).name}: {reason}")


def read_bytes(path: Path) -> bytes:
    """The content of a regular file. Raises DataError with the path and the reason."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise cannot_open(path.name, f"{path} is not a regular file")
        return path.read_bytes()
    except FileNotFoundError:
        raise cannot_open(path.name, f"there is no file {path}") from None
    except PermissionError:
        raise cannot_open(path.name, f"no permission to read {path}") from None
    except OSError as error:
        raise cannot_open(path.name, f"{error.strerror} ({path})") from None


def sha256(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
