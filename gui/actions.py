"""The actions of a window, made from the table and kept enabled as their conditions hold."""

from collections.abc import Iterable
from operator import attrgetter

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui import theme
from gui.action_table import ACTIONS, LAYOUTS, MENUS, SUBMENUS, TEXT, THEMES, Spec
from gui.reasons import reason
from gui.words import tr


class Actions(QObject):
    """The actions of one window; each looks up what it calls when it is triggered."""

    about_to_act = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.by_id: dict[str, QAction] = {}
        self.menus: list[QMenu] = []
        self.submenus: dict[str, QMenu] = {}
        self.held: frozenset[str] = frozenset()
        for spec in ACTIONS:
            self.by_id[spec.id] = self._make(spec, window)
            if spec.scope == "window":
                window.addAction(self.by_id[spec.id])
        theme.notifier.theme_changed.connect(self._paint)
        self._paint()

    def __getitem__(self, identifier: str) -> QAction:
        return self.by_id[identifier]

    def fill(self, bar: QMenuBar) -> None:
        """Builds the menus of `MENUS`; those in brackets are left in `submenus` to be filled."""
        for title, entries in MENUS:
            menu = bar.addMenu(tr(title))
            self.menus.append(menu)
            menu.setToolTipsVisible(True)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                elif not entry.startswith("["):
                    menu.addAction(self.by_id[entry])
                elif entry in SUBMENUS:
                    self.submenus[entry] = menu.addMenu(tr(SUBMENUS[entry]))
                else:
                    self.submenus[entry] = menu
        self.submenus["[layouts]"].addActions([self.by_id[each] for each in LAYOUTS])
        self.submenus["[text]"].addActions([self.by_id[each] for each in TEXT])
        self.by_id["projector"].setCheckable(True)
        one_of = QActionGroup(self)
        for identifier in THEMES:
            action = one_of.addAction(self.by_id[identifier])
            action.setCheckable(True)
            self.submenus["[theme]"].addAction(action)

    def add_to_canvas(self, canvas: QWidget) -> None:
        """Lets `canvas` listen to the keys that are its own."""
        canvas.addActions([self.by_id[spec.id] for spec in ACTIONS if spec.scope == "canvas"])

    def follow(self, stack: QUndoStack) -> None:
        """Names the steps to undo and redo in their actions: "Undo Add Dropout"."""
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)

    def update(self, holding: Iterable[str]) -> None:
        """Enables each action whose needs are all among the conditions that hold."""
        self.held = frozenset(holding)
        for spec in ACTIONS:
            self.by_id[spec.id].setEnabled(self.held.issuperset(spec.needs))

    def reason(self, identifier: str) -> str:
        """Why it cannot be done just now; "" where it can."""
        needs = next(spec.needs for spec in ACTIONS if spec.id == identifier)
        return reason(needs, self.held)

    def _make(self, spec: Spec, window: QWidget) -> QAction:
        action = QAction(tr(spec.text), self)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        if spec.scope == "canvas":
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys = (
            QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            if spec.keys
            else ""
        )
        tip = tr(spec.tip)
        action.setToolTip(f"{tip} ({keys})" if keys else tip)
        action.setStatusTip(tip)
        action.setObjectName(spec.id)
        action.triggered.connect(lambda _checked=False: self._act(window, spec.call))
        return action

    def _act(self, window: QWidget, call: str) -> None:
        self.about_to_act.emit()
        attrgetter(call)(window)()

    def _name_undo(self, step: str) -> None:
        self.by_id["undo"].setText(tr("&Undo {step}", step=_plain(step)).strip())

    def _name_redo(self, step: str) -> None:
        self.by_id["redo"].setText(tr("&Redo {step}", step=_plain(step)).strip())

    def _paint(self) -> None:
        for spec in ACTIONS:
            if spec.icon:
                self.by_id[spec.id].setIcon(theme.icon(spec.icon))


def _plain(text: str) -> str:
    """Words of a person's own, in which "&" marks no key."""
    return text.replace("&", "&&")
