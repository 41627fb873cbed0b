"""Everything that menus offer as one list, with the reason where something cannot be done now."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from gui.action_table import MENUS
from gui.actions import Actions
from gui.reasons import REASONS
from gui.words import tr


@dataclass(frozen=True)
class Command:
    """An action with the menu it is in, and why it cannot be done just now ("" if it can)."""

    id: str
    action: QAction
    menu: str
    reason: str = ""

    @property
    def words(self) -> str:
        """Its words in the menu."""
        plain = self.action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        return plain.removesuffix("…")

    @property
    def keys(self) -> str:
        """Its first shortcut, as it is written on this system."""
        return self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    @property
    def spoken(self) -> str:
        """All that is painted of it, for a screen reader."""
        return ", ".join(part for part in (self.words, self.menu, self.keys, self.reason) if part)


def commands_of(actions: Actions) -> list[Command]:
    """All of the table, then the panels and the layers, in the order of the menus."""
    listed: list[Command] = []
    for title, entries in MENUS:
        menu = tr(title).replace("&", "")
        for entry in entries:
            if entry in actions.by_id:
                listed.append(Command(entry, actions[entry], menu, actions.reason(entry)))
            elif entry in actions.submenus:
                listed += _below(actions, entry, menu)
    return listed


def _below(actions: Actions, entry: str, menu: str) -> list[Command]:
    """What a submenu offers, if that is there before it is opened."""
    found: list[Command] = []
    inner = actions.submenus[entry]
    path = menu if inner in actions.menus else f"{menu} > {inner.title().replace('&', '')}"
    reason = "" if "project" in actions.held or entry == "[theme]" else tr(REASONS["project"])
    for action in _all_of(inner):
        name = action.objectName() or f"{path}: {action.text()}"
        listed_already = inner in actions.menus and name in actions.by_id
        if action.text() and not action.isSeparator() and not listed_already:
            why = actions.reason(name) if name in actions.by_id else reason
            found.append(Command(name, action, path, why))
    return found


def _all_of(menu: QMenu) -> Iterator[QAction]:
    """Its actions, and those of the menus in it."""
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _all_of(below)
        else:
            yield action
