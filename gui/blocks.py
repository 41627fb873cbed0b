"""Blocks of one's own: named parts of designs, a readable file each in the settings folder."""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from engine.errors import DesignError
from engine.fragment_text import from_text, to_text
from engine.fragments import Fragment
from gui.words import tr

_MOST_BYTES = 4 * 2**20
LONGEST_NAME = 60


class Blocks(QObject):
    """Those in `folder`, by name, kept up to date when any window or program changes the folder.

    `problems` has a sentence for every file that cannot be read; it stays there, and other blocks
    are as they are. What cannot be written is told as `failed`.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        with suppress(OSError):  # it is told when something shall be kept there
            folder.mkdir(parents=True, exist_ok=True)
        self._found: dict[str, tuple[Path, Fragment]] = {}
        self.problems: tuple[str, ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._read)
        self._watcher.fileChanged.connect(self._read)
        self._read()

    @property
    def all(self) -> dict[str, Fragment]:
        """Every block by its name, in the order of names."""
        return {name: self._found[name][1] for name in sorted(self._found, key=str.casefold)}

    def why_not(self, name: str) -> str:
        """Why a block cannot have this name; "" where it can."""
        if not name.strip():
            return tr("A block needs a name.")
        if len(name.strip()) > LONGEST_NAME:
            return tr("A name has at most %n letters.", LONGEST_NAME)
        if name.strip().casefold() in map(str.casefold, self._found):
            return tr("There is a block named {name} already.", name=name.strip())
        return ""

    def save(self, fragment: Fragment, name: str) -> bool:
        """Keep it under that name; False, with the reason told, where that cannot be."""
        if reason := self.why_not(name):
            self.failed.emit(reason)
            return False
        named = Fragment(fragment.design, fragment.places, name.strip(), fragment.groups)
        return self._write(self._free_path(name), to_text(named))

    def rename(self, old: str, new: str) -> bool:
        """The block under another name; False, with the reason told, where that cannot be."""
        if old not in self._found or new.strip() == old:
            return False
        if new.strip().casefold() != old.casefold() and (reason := self.why_not(new)):
            self.failed.emit(reason)
            return False
        path, fragment = self._found[old]
        named = Fragment(fragment.design, fragment.places, new.strip(), fragment.groups)
        return self._write(path, to_text(named))

    def remove(self, name: str) -> None:
        """Forget that block and its file."""
        path, _ = self._found[name]
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.failed.emit(_said(tr("The block {name} cannot be removed", name=name), error))
        self._read()

    def _write(self, path: Path, text: str) -> bool:
        """To a file beside it first, so that a full disk leaves what was there."""
        beside = path.with_suffix(".part")
        try:
            beside.write_text(text, "utf-8")
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            self.failed.emit(_said(tr("The block cannot be kept"), error))
            return False
        self._read()
        return True

    def _free_path(self, name: str) -> Path:
        stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "block"
        number, path = 1, self._folder / f"{stem}.json"
        while path.exists():
            number += 1
            path = self._folder / f"{stem}-{number}.json"
        return path

    def _read(self) -> None:
        found: dict[str, tuple[Path, Fragment]] = {}
        problems: list[str] = []
        files = sorted(self._folder.glob("*.json"))
        for path in files:
            try:
                fragment = _read_file(path)
            except (OSError, UnicodeDecodeError, DesignError) as error:
                problems.append(_blame(path, error))
                continue
            name = fragment.name[:LONGEST_NAME].strip() or path.stem
            while name in found:
                name += " (2)"
            found[name] = (path, fragment)
        self._watch(files)
        if (found, tuple(problems)) != (self._found, self.problems):
            self._found, self.problems = found, tuple(problems)
            self.changed.emit()

    def _watch(self, files: Iterable[Path]) -> None:
        wanted = {str(path) for path in files}
        if self._folder.is_dir():
            wanted.add(str(self._folder))
        seen = {*self._watcher.files(), *self._watcher.directories()}
        if new := sorted(wanted - seen):
            self._watcher.addPaths(new)


def _said(what: str, error: OSError) -> str:
    return f"{what}: {error.strerror or error}."


def _read_file(path: Path) -> Fragment:
    """The block in that file."""
    if path.stat().st_size > _MOST_BYTES:
        raise DesignError(tr("the file is too large for a block"))
    return from_text(path.read_text("utf-8"))


def _blame(path: Path, error: Exception) -> str:
    """What is wrong with a file, in one sentence."""
    reason = str(error)
    if isinstance(error, OSError):
        reason = error.strerror or reason
    elif isinstance(error, UnicodeDecodeError):
        reason = tr("it is not text")
    reason = reason.partition(";")[0].replace("the clipboard holds", "it holds")
    return tr("{file} is left out: {reason}.", file=path.name, reason=reason)
