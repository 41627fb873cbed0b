"""Every action as a row of a table: its words, keys, icon, and which method it calls.

Menus and the toolbar are nested lists of ids. A new action is a row here and an id in a list.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui import theme
from gui.forms import finish_editing

Scope = Literal["window", "canvas"]


@dataclass(frozen=True)
class Spec:
    """One action. `call` is "target.method"; `scope` is where its keys are listened to.

    `needs` names conditions that must all hold for it to be enabled (see `Actions.update`).
    """

    id: str
    text: str
    call: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    scope: Scope = "window"
    needs: tuple[str, ...] = ()


ACTIONS: tuple[Spec, ...] = (
    Spec("new", "&New…", "files.new", ("Ctrl+N",), "file-plus", "Begin from a template or a table"),
    Spec("open", "&Open…", "files.open", ("Ctrl+O",), "folder-open", "Open a model file"),
    Spec(
        "open_table",
        "Open a &table…",
        "files.open_table",
        ("Ctrl+T",),
        "table",
        "Use data of your own",
    ),
    Spec(
        "save",
        "&Save",
        "files.save",
        ("Ctrl+S",),
        "floppy-disk",
        "Save to the file",
        needs=("project",),
    ),
    Spec(
        "save_as",
        "Save &as…",
        "files.save_as",
        ("Ctrl+Shift+S",),
        "",
        "Save to another file",
        needs=("project",),
    ),
    Spec(
        "save_copy",
        "Save a copy without &data…",
        "files.save_without_data",
        (),
        "",
        "The same file, but your table stays with you",
        needs=("project",),
    ),
    Spec(
        "export_keras",
        "&Export for Keras…",
        "files.export_keras",
        (),
        "export",
        "A plain Keras file, without the project",
        needs=("trained",),
    ),
    Spec(
        "predict",
        "&Predict new rows…",
        "files.predict",
        ("Ctrl+P",),
        "sparkle",
        "Predict the rows of a file, and export them as CSV",
        needs=("trained",),
    ),
    Spec("quit", "&Quit", "window.close", ("Ctrl+Q",), "", "Close the program"),
    Spec(
        "undo",
        "&Undo",
        "document.undo",
        ("Ctrl+Z",),
        "arrow-u-up-left",
        "Undo the last step",
        needs=("can_undo",),
    ),
    Spec(
        "redo",
        "&Redo",
        "document.redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "arrow-u-up-right",
        "Redo the step last undone",
        needs=("can_redo",),
    ),
    Spec(
        "cut",
        "Cu&t",
        "canvas.cut",
        ("Ctrl+X",),
        "scissors",
        "Cut the selected layers",
        "canvas",
        ("selection", "editable"),
    ),
    Spec(
        "copy",
        "&Copy",
        "canvas.copy",
        ("Ctrl+C",),
        "copy",
        "Copy the selected layers and the links between them",
        "canvas",
        ("selection",),
    ),
    Spec(
        "paste",
        "&Paste",
        "canvas.paste",
        ("Ctrl+V",),
        "clipboard",
        "Paste layers",
        "canvas",
        ("project", "editable"),
    ),
    Spec(
        "duplicate",
        "&Duplicate",
        "canvas.duplicate",
        ("Ctrl+D",),
        "copy-simple",
        "Duplicate the selected layers",
        "canvas",
        ("selection", "editable"),
    ),
    Spec(
        "delete",
        "De&lete",
        "canvas.delete_selection",
        ("Delete",),
        "trash",
        "Delete what is selected",
        "canvas",
        ("selection", "editable"),
    ),
    Spec(
        "delete_heal",
        "Delete and &reconnect",
        "canvas.delete_and_reconnect",
        ("Backspace",),
        "",
        "Delete the selected layers and join what they were between",
        "canvas",
        ("selection", "editable"),
    ),
    Spec(
        "select_all",
        "Select &all",
        "canvas.select_all",
        ("Ctrl+A",),
        "selection-all",
        "Select every layer",
        "canvas",
        ("project",),
    ),
    Spec(
        "rename",
        "Rena&me",
        "canvas.rename_selected",
        ("F2",),
        "",
        "Rename the selected layer",
        "canvas",
        ("selection",),
    ),
    Spec(
        "fit",
        "&Fit the design",
        "canvas.fit",
        ("F",),
        "corners-out",
        "Show the whole design",
        "canvas",
        ("project",),
    ),
    Spec(
        "zoom_reset",
        "&Actual size",
        "canvas.zoom_reset",
        ("Ctrl+0",),
        "",
        "Zoom 100 %",
        "window",
        ("project",),
    ),
    Spec(
        "zoom_in",
        "Zoom &in",
        "canvas.zoom_in",
        ("Ctrl++", "Ctrl+="),
        "magnifying-glass-plus",
        "Zoom in",
        "window",
        ("project",),
    ),
    Spec(
        "zoom_out",
        "Zoom &out",
        "canvas.zoom_out",
        ("Ctrl+-",),
        "magnifying-glass-minus",
        "Zoom out",
        "window",
        ("project",),
    ),
    Spec(
        "train",
        "&Train",
        "training.train",
        ("Ctrl+Return", "Ctrl+Enter"),
        "play",
        "Train from where it stands",
        needs=("trainable",),
    ),
    Spec(
        "pause",
        "&Pause",
        "training.toggle_pause",
        ("Space",),
        "pause",
        "Pause and go on",
        needs=("under_way",),
    ),
    Spec(
        "step_batch",
        "Step one &batch",
        "training.step_batch",
        ("Ctrl+Right",),
        "skip-forward",
        "Train one batch, then pause",
        needs=("steppable",),
    ),
    Spec(
        "step_epoch",
        "Step one &epoch",
        "training.step_epoch",
        ("Ctrl+Shift+Right",),
        "fast-forward",
        "Train to the end of the epoch, then pause",
        needs=("steppable",),
    ),
    Spec(
        "stop",
        "&Stop",
        "training.stop",
        ("Ctrl+.",),
        "stop",
        "End the training and keep what it made",
        needs=("under_way",),
    ),
    Spec(
        "reset",
        "&Reset",
        "training.reset",
        ("Ctrl+R",),
        "arrow-counter-clockwise",
        "Back to the same initial weights",
        needs=("resettable",),
    ),
    Spec(
        "new_seed",
        "&New seed",
        "training.new_seed",
        ("Ctrl+Shift+R",),
        "dice-five",
        "Back to other initial weights",
        needs=("project", "idle"),
    ),
    Spec("light", "&Light", "look.light", (), "sun", "Dark writing on light ground"),
    Spec("dark", "&Dark", "look.dark", (), "moon", "Light writing on dark ground"),
    Spec("system", "As the &system", "look.system", (), "desktop", "Follow the desktop's setting"),
    Spec(
        "reset_layout",
        "&Reset panels",
        "look.reset_layout",
        (),
        "",
        "Put every panel back where it was",
        needs=("project",),
    ),
    Spec(
        "shortcuts",
        "&Keyboard and mouse",
        "window.show_shortcuts",
        ("F1",),
        "keyboard",
        "What the keys and the mouse do",
    ),
    Spec("about", "&About Glasswork", "window.show_about", (), "info", "Version and licence"),
)

# None is a separator; a name in brackets is a submenu that is filled elsewhere.
MENUS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (
        "&File",
        (
            "new",
            "open",
            "[recent]",
            "open_table",
            None,
            "save",
            "save_as",
            "save_copy",
            None,
            "export_keras",
            "predict",
            None,
            "quit",
        ),
    ),
    (
        "&Edit",
        (
            "undo",
            "redo",
            None,
            "cut",
            "copy",
            "paste",
            "duplicate",
            None,
            "delete",
            "delete_heal",
            "rename",
            None,
            "select_all",
        ),
    ),
    (
        "&View",
        (
            "fit",
            "zoom_reset",
            "zoom_in",
            "zoom_out",
            None,
            "[panels]",
            "reset_layout",
            None,
            "[theme]",
        ),
    ),
    ("&Insert", ("[layers]",)),
    (
        "&Train",
        ("train", "pause", "stop", None, "step_batch", "step_epoch", None, "reset", "new_seed"),
    ),
    ("&Help", ("shortcuts", "about")),
)
THEMES = ("system", "light", "dark")
SUBMENUS = {"[recent]": "Open &recent", "[panels]": "&Panels", "[theme]": "&Theme"}


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
        for identifier in THEMES:
            self.submenus["[theme]"].addAction(self.by_id[identifier])

    def follow(self, stack: QUndoStack) -> None:
        """Names the steps to undo and redo in their actions: "Undo Add Dropout"."""
        for identifier, word, changed in (
            ("undo", "&Undo", stack.undoTextChanged),
            ("redo", "&Redo", stack.redoTextChanged),
        ):
            action = self.by_id[identifier]
            changed.connect(lambda text, a=action, w=word: a.setText(f"{w} {text}".strip()))

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
                token = "on_accent" if spec.id == "train" else "text"
                self.by_id[spec.id].setIcon(theme.icon(spec.icon, token))
