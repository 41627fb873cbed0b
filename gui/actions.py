"""The actions of a window, made from the table and kept enabled as their conditions hold."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui import theme
from gui.action_table import ACTIONS, MENUS, SUBMENUS, THEMES, Spec
from gui.forms import finish_editing


class Actions(QObject):
    """The actions of one window, made from the table and bound to its parts."""

    def __init__(self, window: QWidget, canvas: QWidget, targets: Mapping[str, object]) -> None:
        super().__init__(window)
        self.by_id: dict[str, QAction] = {}
        self.submenus: dict[str, QMenu] = {}
        for spec in ACTIONS:
            action = self._make(spec, targets)
            (canvas if spec.scope == "canvas" else window).addAction(action)
            self.by_id[spec.id] = action
        theme.notifier.theme_changed.connect(self._paint)
        self._paint()

    def __getitem__(self, identifier: str) -> QAction:
        return self.by_id[identifier]

    def fill(self, bar: QMenuBar) -> None:
        """Builds the menus of `MENUS`; those in brackets are left in `submenus` to be filled."""
        for title, entries in MENUS:
            menu = bar.addMenu(title)
            menu.setToolTipsVisible(True)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                elif not entry.startswith("["):
                    menu.addAction(self.by_id[entry])
                elif entry in SUBMENUS:
                    self.submenus[entry] = menu.addMenu(SUBMENUS[entry])
                else:
                    self.submenus[entry] = menu
        one_of = QActionGroup(self)
        for identifier in THEMES:
            action = one_of.addAction(self.by_id[identifier])
            action.setCheckable(True)
            self.submenus["[theme]"].addAction(action)

    def follow(self, stack: QUndoStack) -> None:
        """Names the steps to undo and redo in their actions: "Undo Add Dropout"."""
        for identifier, word, changed in (
            ("undo", "&Undo", stack.undoTextChanged),
            ("redo", "&Redo", stack.redoTextChanged),
        ):
            action = self.by_id[identifier]
            changed.connect(lambda text, a=action, w=word: a.setText(f"{w} {_plain(text)}".strip()))

    def update(self, holding: Iterable[str]) -> None:
        """Enables each action whose needs are all among the conditions that hold."""
        held = frozenset(holding)
        for spec in ACTIONS:
            self.by_id[spec.id].setEnabled(held.issuperset(spec.needs))

    def _make(self, spec: Spec, targets: Mapping[str, object]) -> QAction:
        target, method = spec.call.split(".")
        call: Callable[[], object] = getattr(targets[target], method)
        action = QAction(spec.text, self)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        if spec.scope == "canvas":
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys = (
            QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
            if spec.keys
            else ""
        )
        action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
        action.setStatusTip(spec.tip)
        action.setObjectName(spec.id)
        action.triggered.connect(lambda _checked=False: (finish_editing(), call()))
        return action

    def _paint(self) -> None:
        for spec in ACTIONS:
            if spec.icon:
                self.by_id[spec.id].setIcon(theme.icon(spec.icon))


def _plain(text: str) -> str:
    """Words of a person's own, in which "&" marks no key."""
    return text.replace("&", "&&")
