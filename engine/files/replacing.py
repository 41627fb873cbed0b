"""Replacing a file at once or not at all, so that a failure never costs what was there."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from engine.errors import FileError

REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk's quota is used up",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.EISDIR: "it is a folder; choose a name for the file",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder does not exist",
    errno.ENAMETOOLONG: "its name is too long",
}
LOCKED = (errno.EAGAIN, errno.EWOULDBLOCK)


Data = bytes | memoryview | Iterable[bytes]


def replace_file(path: Path, data: Data) -> None:
    """Writes `data` beside `path`, then puts it in its place, folder and file flushed to disk.

    `data` may come piece by piece. Raises FileError in one sentence; what was there before is
    then intact.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.tmp")
    try:
        _require_replaceable(path)
        _write(beside, data, like=path)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise _not_saved(path, error) from None
    except BaseException:  # what makes the pieces may fail, or be cancelled
        beside.unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):
        _flush_folder(path.parent)


def _write(path: Path, data: Data, like: Path) -> None:
    """A new file with the rights of `like`, where that exists, on disk before this returns."""
    with path.open("xb") as file:
        with contextlib.suppress(OSError):
            path.chmod(like.stat().st_mode & 0o777)
        for piece in (data,) if isinstance(data, bytes | memoryview) else data:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _require_replaceable(path: Path) -> None:
    """Raises OSError for a folder, a read-only file, or one that another program holds locked."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "")
    if not path.exists():
        return
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "")
    try:
        import fcntl
    except ImportError:
        return  # Windows refuses the replacement itself while another program has the file open.
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in LOCKED:  # any other: a file system without locks
                raise


def _not_saved(path: Path, error: OSError) -> FileError:
    if error.errno in LOCKED or getattr(error, "winerror", None) in (5, 32, 33):
        reason = "another program has it locked; close it there, or save under another name"
    else:
        reason = REASONS.get(error.errno or 0, error.strerror or str(error))
    before = "; the previous version is intact" if _is_file(path) else ""
    return FileError(f"{path}: not saved ({reason}){before}")


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.is_file()
    return False


def _flush_folder(folder: Path) -> None:
    """So that the new name is on disk, too; Windows cannot open a folder and does without."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
