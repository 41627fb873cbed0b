"""What the program remembers between two runs: recent files, the theme, where the docks stand."""

import math
import os
from pathlib import Path
from typing import cast, get_args

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from gui.theme import Mode

RECENT = 10
"""How many recent files are remembered."""

VIEWS = 50
"""Of how many files it is remembered where one looked."""

TEXT_SIZES = range(80, 201, 10)
"""The sizes of text that may be chosen, in per cent."""

AUTOSAVE_SECONDS = range(1, 61)
"""What may be chosen as the seconds after which an edit is in the recovery copy."""


def home() -> Path | None:
    """The folder named by GLASSWORK_HOME, which then holds everything; None where it is not set."""
    named = os.environ.get("GLASSWORK_HOME")
    return Path(named) if named else None


def settings_folder() -> Path:
    """Where settings are kept: the platform's folder for them, or GLASSWORK_HOME."""
    return home() or _standard(QStandardPaths.StandardLocation.GenericConfigLocation)


def data_folder() -> Path:
    """Where recovery copies are kept: the platform's folder for data, or GLASSWORK_HOME."""
    return home() or _standard(QStandardPaths.StandardLocation.GenericDataLocation)


def _standard(location: QStandardPaths.StandardLocation) -> Path:
    return Path(QStandardPaths.writableLocation(location)) / "glasswork"


class Settings:
    """Reads and writes one INI file; what is missing or damaged there reads as the default."""

    def __init__(self, folder: Path | None = None) -> None:
        path = (folder or settings_folder()) / "settings.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    # ── theme ───────────────────────────────────────────────────────────────────────────────

    @property
    def theme(self) -> Mode:
        """The theme that the person chose; the system's until then."""
        said = self._store.value("theme", "system")
        return cast(Mode, said) if said in get_args(Mode) else "system"

    @theme.setter
    def theme(self, mode: Mode) -> None:
        self._keep("theme", mode)

    # ── language ────────────────────────────────────────────────────────────────────────────

    @property
    def language(self) -> str:
        """The code of the language that the person chose, or "system"."""
        said = self._store.value("language", "system")
        return said if isinstance(said, str) and said else "system"

    @language.setter
    def language(self, code: str) -> None:
        self._keep("language", code)

    # ── text ────────────────────────────────────────────────────────────────────────────────

    @property
    def text_size(self) -> int:
        """The size of all text, in per cent of the system's."""
        return self._number("text_size", TEXT_SIZES, 100)

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._keep("text_size", max(TEXT_SIZES[0], min(percent, TEXT_SIZES[-1])))

    @property
    def projector(self) -> bool:
        """Whether text is large and lines are thick, to be seen from afar."""
        return bool(self._number("projector", range(2), 0))

    @projector.setter
    def projector(self, on: bool) -> None:
        self._keep("projector", int(on))

    # ── commands ────────────────────────────────────────────────────────────────────────────

    @property
    def recent_commands(self) -> tuple[str, ...]:
        """Commands done from the palette, the latest first, by their ids."""
        return tuple(self._texts("commands"))

    def add_recent_command(self, identifier: str) -> None:
        """`identifier` has been done."""
        others = [each for each in self._texts("commands") if each != identifier]
        self._keep("commands", [identifier, *others][:RECENT])

    # ── layers ──────────────────────────────────────────────────────────────────────────────

    @property
    def favourites(self) -> tuple[str, ...]:
        """What stands at the top of the list of layers, by the keys of its entries."""
        return tuple(self._texts("favourites"))

    @favourites.setter
    def favourites(self, keys: tuple[str, ...]) -> None:
        self._keep("favourites", list(keys))

    # ── recovery ────────────────────────────────────────────────────────────────────────────

    @property
    def autosave_seconds(self) -> int:
        """After how many seconds an edit is in the recovery copy."""
        return self._number("autosave", AUTOSAVE_SECONDS, 2)

    @autosave_seconds.setter
    def autosave_seconds(self, seconds: int) -> None:
        self._keep("autosave", seconds)

    # ── recent files ────────────────────────────────────────────────────────────────────────

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """Files opened or saved, the latest first; those that are gone are passed over."""
        return tuple(path for path in self._recent() if path.is_file())

    def add_recent_file(self, path: Path) -> None:
        """`path` has been opened or saved."""
        path = path.absolute()
        others = [each for each in self._recent() if each != path]
        self._keep("recent", [str(each) for each in [path, *others][:RECENT]])

    def forget_recent_files(self) -> None:
        """Remember no file."""
        self._store.remove("recent")
        self._store.sync()

    def _recent(self) -> list[Path]:
        return [Path(text) for text in self._texts("recent")]

    # ── where one looked ────────────────────────────────────────────────────────────────────

    def view_of(self, path: Path) -> tuple[float, float, float] | None:
        """Zoom and middle of the canvas as that file was last looked at; None where not kept."""
        zoom, x, y = self._views().get(str(path.absolute()), ("", "", ""))
        try:
            place = float(zoom), float(x), float(y)
        except ValueError:
            return None
        return place if all(map(math.isfinite, place)) else None

    def keep_view(self, path: Path, place: tuple[float, float, float] | None) -> None:
        """That file is looked at there; None forgets it. The files looked at last are kept."""
        views, name = self._views(), str(path.absolute())
        before = views.pop(name, None)
        if place is not None:
            views = {name: tuple(f"{each:.4g}" for each in place)} | views
        if place is not None or before is not None:
            kept = list(views.items())[:VIEWS]
            self._keep("views", ["|".join((*where, each)) for each, where in kept])

    def _views(self) -> dict[str, tuple[str, ...]]:
        lines = (text.split("|", 3) for text in self._texts("views"))
        return {parts[3]: tuple(parts[:3]) for parts in lines if len(parts) == 4}

    # ── the window ──────────────────────────────────────────────────────────────────────────

    def window(self, name: str) -> QByteArray | None:
        """What was kept as `name` of the window: its geometry, or the docks of a layout."""
        said = self._store.value(f"window/{name}")
        return said if isinstance(said, QByteArray) and not said.isEmpty() else None

    def keep_window(self, name: str, state: QByteArray) -> None:
        """Remember `state` as `name` of the window."""
        self._keep(f"window/{name}", state)

    def forget_window(self) -> None:
        """Go back to the window as it comes."""
        self._store.remove("window")
        self._store.sync()

    def _texts(self, key: str) -> list[str]:
        said = self._store.value(key, [])
        texts = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        return [text for text in texts if isinstance(text, str) and text]

    def _number(self, key: str, allowed: range, default: int) -> int:
        """A number that was kept; the default where there is none, or it is damaged."""
        said = str(self._store.value(key, ""))
        return int(said) if said.isascii() and said.isdigit() and int(said) in allowed else default

    def _keep(self, key: str, value: object) -> None:
        self._store.setValue(key, value)
        self._store.sync()
