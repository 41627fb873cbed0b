"""A person's hand: real mouse and keyboard events, sent with xdotool to a window under Xvfb."""

import subprocess
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

PAUSE_MS = 150
MOVE_MS = 40
TIMEOUT_MS = 20_000


class Hand:
    """Moves, presses and types; each call returns when the window has taken it in."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot, self._window = qtbot, window

    def wait(self, milliseconds: int = PAUSE_MS) -> None:
        """Lets the window work for a while."""
        self._qtbot.wait(milliseconds)

    def take_focus(self) -> None:
        """Gives the window the keyboard, which no window manager does here."""
        self._xdotool("windowfocus", str(int(self._window.winId())))
        self.wait()

    def move(self, place: QPoint) -> None:
        self._xdotool(*_move(place))

    def click(self, place: QPoint | QWidget, button: int = 1, times: int = 1) -> None:
        """Clicks at a place of the screen, or in the middle of a widget."""
        self.move(middle(place) if isinstance(place, QWidget) else place)
        self.wait(MOVE_MS)
        self._xdotool("click", "--repeat", str(times), "--delay", "60", str(button))
        self.wait()

    def drag(self, start: QPoint, end: QPoint, button: int = 1, steps: int = 12) -> None:
        """Presses at `start`, moves in small steps, jiggles as hands do, lets go at `end`.

        All in one process: a drag has an event loop of its own, which ends only with the button.
        """
        places = [start + (end - start) * (step / steps) for step in range(1, steps + 1)]
        script = [*_move(start), "sleep", "0.15", "mousedown", str(button), "sleep", "0.15"]
        for place in (*places, end + QPoint(1, 0), end):
            script += [*_move(place), "sleep", "0.04"]
        self._xdotool(*script, "sleep", "0.2", "mouseup", str(button))
        self.wait()

    def wheel(self, place: QPoint, clicks: int) -> None:
        """Turns the wheel at a place: up (in) where `clicks` is positive."""
        self.move(place)
        self._xdotool(
            "click", "--repeat", str(abs(clicks)), "--delay", "30", "4" if clicks > 0 else "5"
        )
        self.wait()

    def press(self, *keys: str) -> None:
        """Presses keys by their X names: "ctrl+Return", "Delete"."""
        self._xdotool("key", "--delay", "40", *keys)
        self.wait()

    def write(self, text: str) -> None:
        """Types text."""
        self._xdotool("type", "--delay", "30", text)
        self.wait()

    def choose(self, *path: str) -> None:
        """Chooses an entry of the menu bar by the words it shows: "Edit", "Undo Add Dropout"."""
        bar = self._window.menuBar()
        titles = {plain(action.text()): action for action in bar.actions()}
        self.click(bar.mapToGlobal(bar.actionGeometry(titles[path[0]]).center()))
        for words in path[1:]:
            menu = self._open_menu()
            entry = next(each for each in menu.actions() if plain(each.text()) == words)
            self.click(menu.mapToGlobal(menu.actionGeometry(entry).center()))

    def _open_menu(self) -> QMenu:
        menus = [
            w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()
        ]
        assert menus, "no menu is open"
        return menus[-1]

    def _xdotool(self, *arguments: str) -> None:
        process = subprocess.Popen(["xdotool", *arguments])
        self._qtbot.waitUntil(lambda: process.poll() is not None, timeout=TIMEOUT_MS)
        assert process.returncode == 0, f"xdotool {' '.join(arguments)} failed"


def _move(place: QPoint) -> list[str]:
    return ["mousemove", str(place.x()), str(place.y())]


def middle(widget: QWidget) -> QPoint:
    """The middle of a widget, on the screen."""
    return widget.mapToGlobal(widget.rect().center())


def on_screen(widget: QWidget) -> QRect:
    """Where a widget lies on the screen."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def plain(words: str) -> str:
    """Menu words without their mnemonic."""
    return words.replace("&", "")


def button(window: QWidget, words: str) -> QAbstractButton:
    """The visible button that shows these words. Fails the test if there is none."""
    found: Sequence[QAbstractButton] = [
        each
        for each in window.findChildren(QAbstractButton)
        if plain(each.text()) == words and each.isVisible()
    ]
    assert found, f"no button {words!r} is to be seen"
    return found[0]
