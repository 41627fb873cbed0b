"""Every action as a row of a table: its words, keys, icon, and what it calls.

Menus are nested lists of ids. A new action is a row in `gui/action_rows/` and an id in a list here.
"""

from gui.action_rows.arrange import ARRANGE
from gui.action_rows.edit import EDIT
from gui.action_rows.file import FILE
from gui.action_rows.group import GROUP
from gui.action_rows.help import HELP
from gui.action_rows.spec import Scope, Spec
from gui.action_rows.train import TRAIN
from gui.action_rows.view import VIEW

__all__ = ["ACTIONS", "LAYOUTS", "MENUS", "SUBMENUS", "TEXT", "THEMES", "Scope", "Spec"]

ACTIONS: tuple[Spec, ...] = (*FILE, *EDIT, *VIEW, *ARRANGE, *GROUP, *TRAIN, *HELP)

# None is a separator; a name in brackets is a submenu that is filled elsewhere.
MENUS: tuple[tuple[str, tuple[str | None, ...]], ...] = (
    (
        "&File",
        (
            "new",
            "back",
            "open",
            "[sets]",
            "[recent]",
            "open_table",
            "new_window",
            None,
            "save",
            "save_as",
            "save_copy",
            None,
            "export_keras",
            "picture",
            "predict",
            None,
            "close",
            "quit",
        ),
    ),
    (
        "&Edit",
        (
            "undo",
            "redo",
            "history",
            None,
            "cut",
            "copy",
            "copy_picture",
            "paste",
            "duplicate",
            "stack",
            "save_block",
            None,
            "delete",
            "delete_heal",
            "take_out",
            "rename",
            "repair",
            None,
            "select_all",
            None,
            "preferences",
        ),
    ),
    (
        "&View",
        (
            "find",
            "outline",
            None,
            "fit",
            "fit_selection",
            "unfold",
            "zoom_reset",
            "zoom_in",
            "zoom_out",
            "full_screen",
            None,
            "show_gradients",
            "play_row",
            None,
            "[layouts]",
            "[panels]",
            "reset_layout",
            None,
            "[theme]",
            "[text]",
            "projector",
        ),
    ),
    ("&Insert", ("quick_add", "note", None, "[layers]")),
    (
        "&Arrange",
        (
            "lay_out_right",
            "lay_out_down",
            None,
            "align_left",
            "align_centre",
            "align_right",
            None,
            "align_top",
            "align_middle",
            "align_bottom",
            None,
            "spread_across",
            "spread_down",
            None,
            "group",
            "ungroup",
            "fold",
        ),
    ),
    (
        "&Train",
        ("train", "pause", "stop", None, "step_batch", "step_epoch", None, "reset", "new_seed"),
    ),
    ("&Help", ("commands", "shortcuts", "about")),
)
LAYOUTS = ("layout_build", "layout_train", "layout_explain", "layout_judge")
TEXT = ("larger", "smaller", "normal")
THEMES = ("system", "light", "dark")
SUBMENUS = {
    "[sets]": "New with a &data set",
    "[recent]": "Open &recent",
    "[layouts]": "&Layout",
    "[panels]": "&Panels",
    "[theme]": "&Theme",
    "[text]": "Te&xt size",
}
