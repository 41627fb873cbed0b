"""Recovery copies on disk: one folder a window, held by a lock for as long as the window lives."""

import contextlib
import json
import secrets
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gui.file_lock import FileLock
from gui.words import tr

if TYPE_CHECKING:
    from engine.data.dataset import DataFacts
    from engine.files import Opened
    from engine.project import Project, Trained
    from engine.runs import Runs

COPY, ABOUT, LOCK = "copy.h5", "about.json", "lock"
EMPTY_SECONDS = 60.0
"""A folder without a copy that is so old belongs to no window that is just making one."""


@dataclass(frozen=True)
class About:
    """What a copy is of: the project's name, and its file, "" where it has none yet."""

    name: str
    path: str = ""


class RecoveryCopy:
    """One window's copy. Once removed it can be neither written nor read again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = FileLock(folder / LOCK)
        self._written: About | None = None

    @classmethod
    def begin(cls, folder: Path) -> "RecoveryCopy":
        """A new one among those in `folder`. Raises OSError where it cannot be kept there."""
        own = folder / secrets.token_hex(8)
        own.mkdir(parents=True, mode=0o700)
        copy = cls(own)
        if not copy._lock.take():
            raise OSError("it cannot be locked")
        return copy

    def write(
        self,
        about: About,
        project: "Project",
        trained: "Trained | None",
        facts: "DataFacts | None",
        runs: "Runs" = (),
    ) -> None:
        """Writes the copy anew, whole or not at all. Raises FileError."""
        from engine import files
        from engine.files.replacing import replace_file

        if about != self._written:
            replace_file(self._folder / ABOUT, json.dumps(asdict(about)).encode())
            self._written = about
        files.save(self._folder / COPY, project, trained, facts=facts, runs=runs)

    def read(self) -> "Opened":
        """The project in the copy. Raises FileError in one sentence."""
        from engine import files

        return files.read(self._folder / COPY)

    @property
    def about(self) -> About:
        """What it is a copy of."""
        try:
            said = json.loads((self._folder / ABOUT).read_text(encoding="utf-8"))
            return About(str(said["name"]), str(said["path"]))
        except (OSError, ValueError, TypeError, KeyError):
            return About(tr("a project"))

    @property
    def saved(self) -> float:
        """When it was written, in seconds since 1970; 0 where there is none."""
        try:
            return (self._folder / COPY).stat().st_mtime
        except OSError:
            return 0.0

    @property
    def is_stale(self) -> bool:
        """Whether it was begun long ago, and came to nothing."""
        try:
            age = time.time() - self._folder.stat().st_mtime
        except OSError:
            return False
        return not self.saved and age > EMPTY_SECONDS

    def take(self) -> bool:
        """Makes it this window's own; False where the window that wrote it still lives."""
        return self._lock.take()

    def let_go(self) -> None:
        """Leaves it to the next window that looks for one."""
        self._lock.let_go()

    def remove(self) -> None:
        """Removes it for good; a writing that is under way comes to nothing."""
        with contextlib.suppress(OSError):
            (self._folder / COPY).unlink(missing_ok=True)
        self._lock.let_go()
        shutil.rmtree(self._folder, ignore_errors=True)


def left_behind(folder: Path) -> list[RecoveryCopy]:
    """Copies whose windows did not live to remove them, newest first; each is now held here."""
    found = [RecoveryCopy(each) for each in _folders(folder)]
    held = [copy for copy in found if (copy.saved or copy.is_stale) and copy.take()]
    for copy in held:
        if not copy.saved:
            copy.remove()
    return sorted((copy for copy in held if copy.saved), key=lambda copy: -copy.saved)


def _folders(folder: Path) -> list[Path]:
    try:
        return [each for each in folder.iterdir() if each.is_dir() and not each.is_symlink()]
    except OSError:
        return []
