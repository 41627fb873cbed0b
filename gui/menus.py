"""Menus whose entries are not actions of the table: data sets, recent files, panels, layers."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from engine.data import Source
from engine.fragments import Fragment
from engine.layers import Layer
from engine.presets import presets
from gui.settings import Settings
from gui.words import tr


def fill_panels(menu: QMenu, toggles: Iterable[QAction]) -> None:
    """One entry a dock, checked while it is shown."""
    menu.addActions(list(toggles))


def fill_layers(menu: QMenu, append: Callable[[Layer | Fragment], object]) -> None:
    """One entry a kind of layer, by category, and presets; each is added behind the selection."""
    category = None
    for kind in sorted(Layer.members(), key=_place):
        if category not in (None, _place(kind)[0]):
            menu.addSeparator()
        category = _place(kind)[0]
        action = menu.addAction(tr(kind.label), lambda kind=kind: append(kind()))
        action.setToolTip(tr(kind.tip))
    below = menu.addMenu(tr("Presets"))
    below.setToolTipsVisible(True)
    for preset in presets():
        action = below.addAction(tr(preset.label), lambda each=preset.fragment: append(each))
        action.setToolTip(tr(preset.tip))


def fill_sets(menu: QMenu, begin: Callable[[str], object]) -> None:
    """One entry a built-in data set, filled when the menu is first shown."""

    def fill() -> None:
        if menu.isEmpty():
            for kind in Source.members():
                if kind.built_in:
                    action = menu.addAction(tr(kind.label), lambda name=kind.kind: begin(name))
                    action.setToolTip(tr(kind.tip))

    menu.setToolTipsVisible(True)
    menu.aboutToShow.connect(fill)


def fill_recent(menu: QMenu, settings: Settings, open_file: Callable[[Path], object]) -> None:
    """The files opened or saved lately, read again each time the menu is shown."""

    def fill() -> None:
        menu.clear()
        for path in settings.recent_files:
            words = f"{path.name}  ({path.parent})".replace("&", "&&")
            menu.addAction(words, lambda path=path: open_file(path))
        if menu.isEmpty():
            menu.addAction(tr("No recent files")).setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction(tr("Forget these files"), settings.forget_recent_files)

    menu.aboutToShow.connect(fill)


def _place(kind: type[Layer]) -> tuple[int, str]:
    order = ("input-output", "core", "activation", "regularise", "norm", "merge")
    return order.index(kind.category), kind.label
