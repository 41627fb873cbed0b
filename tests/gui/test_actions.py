"""The table of actions: each is in a menu, has keys of its own, and is enabled when it can act."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from engine import layers
from gui import theme
from gui.action_table import ACTIONS, LAYOUTS, MENUS, THEMES
from gui.canvas.canvas import Canvas
from gui.document import Focus
from gui.main_window import MainWindow
from tests.gui.person import Person

ALWAYS = {
    "new",
    "open",
    "open_table",
    "quit",
    "light",
    "dark",
    "system",
    "shortcuts",
    "about",
    "commands",
    "new_window",
    "larger",
    "smaller",
    "normal",
    "projector",
    "preferences",
    "close",
}
LOOKING = {
    "find",
    "outline",
    "fit",
    "zoom_reset",
    "zoom_in",
    "zoom_out",
    "select_all",
    "reset_layout",
    "show_gradients",
    *LAYOUTS,
}
DESIGN = ALWAYS | LOOKING | {"save", "save_as", "save_copy", "new_seed", "paste"}
DESIGN |= {"full_screen", "picture", "copy_picture", "quick_add", "note"}
DESIGN |= {"history", "train", "step_batch", "step_epoch", "lay_out_right", "lay_out_down"}
ALIGNING = {f"align_{side}" for side in ("left", "centre", "right", "top", "middle", "bottom")}
SELECTED = {"copy", "rename", "fit_selection", "unfold", "spread_across", "spread_down", *ALIGNING}
EDITING = {"cut", "duplicate", "delete", "delete_heal", "repair", "take_out", "stack"}
SELECTED |= {"group", "save_block"}
OF_TRAINED = {"export_keras", "predict", "reset", "play_row"}


def in_menus(menu: QMenu) -> list[str]:
    """The names of all actions of a menu and of the menus in it."""
    found: list[str] = []
    for action in menu.actions():
        below = action.menu()
        found += in_menus(below) if isinstance(below, QMenu) else [action.objectName()]
    return found


def enabled(window: MainWindow) -> set[str]:
    return {name for name, action in window.commands.by_id.items() if action.isEnabled()}


def test_every_action_is_in_exactly_one_menu(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    listed = Counter(name for menu in menus if isinstance(menu, QMenu) for name in in_menus(menu))
    assert {spec.id: listed[spec.id] for spec in ACTIONS} == {spec.id: 1 for spec in ACTIONS}


def test_no_two_actions_share_their_keys() -> None:
    keys = Counter(QKeySequence(key).toString() for spec in ACTIONS for key in spec.keys)
    assert [key for key, count in keys.items() if count > 1 or not key] == []


def test_no_two_entries_of_a_menu_share_their_letter() -> None:
    texts = {spec.id: spec.text for spec in ACTIONS}
    for title, entries in MENUS:
        letters = [_letter(texts[entry]) for entry in entries if entry in texts]
        assert len(set(letters)) == len(letters), (title, letters)


def _letter(text: str) -> str:
    return text[text.index("&") + 1].lower()


def test_every_action_says_what_it_does_and_with_which_key(window: MainWindow) -> None:
    for spec in ACTIONS:
        action = window.commands[spec.id]
        assert action.shortcuts() == [QKeySequence(key) for key in spec.keys], spec.id
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert action.toolTip() == (f"{spec.tip} ({key})" if key else spec.tip), spec.id


def test_canvas_keys_are_listened_to_on_the_canvas_alone(window: MainWindow) -> None:
    of_canvas = {action.objectName() for action in window.findChild(Canvas).actions()}
    assert of_canvas == {spec.id for spec in ACTIONS if spec.scope == "canvas"}
    assert "undo" in {action.objectName() for action in window.actions()}


def test_the_welcome_page_offers_only_what_needs_no_project(window: MainWindow) -> None:
    assert enabled(window) == ALWAYS


def test_what_can_be_done_follows_selection_training_and_undo(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    assert enabled(window) == DESIGN
    window.document.set_focus(Focus(layers=(window.document.project.design.nodes[1].id,)))
    assert enabled(window) == DESIGN | SELECTED | EDITING
    person.add(layers.Dropout())
    assert enabled(window) >= {"undo"}
    person.do("undo")
    assert enabled(window) >= {"redo"}
    assert "undo" not in enabled(window)


def test_what_can_be_done_follows_training(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    person.train_for_long()
    window.document.set_focus(Focus(layers=(window.document.project.design.nodes[1].id,)))
    running = DESIGN | SELECTED | {"undo", "pause", "stop", "reset"}
    running -= {"train", "step_batch", "step_epoch", "paste", "new_seed", "quick_add"}
    assert enabled(window) == running
    person.pause()
    paused = running | OF_TRAINED | {"train", "step_batch", "step_epoch"}
    assert enabled(window) == paused
    person.do("stop")
    person.until_idle()
    assert enabled(window) == (DESIGN | SELECTED | EDITING | OF_TRAINED | {"undo"})
    person.do("new")
    assert enabled(window) == ALWAYS | {"back"}


def test_undo_and_redo_are_named_after_their_steps(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    undo, redo = window.commands["undo"], window.commands["redo"]
    assert (undo.text(), redo.text()) == ("&Undo", "&Redo")
    person.add(layers.Dropout())
    assert undo.text() == "&Undo Add Dropout"
    person.do("undo")
    assert (undo.text(), redo.text()) == ("&Undo", "&Redo Add Dropout")
    person.do("redo")
    assert undo.text() == "&Undo Add Dropout"


def test_a_step_named_with_an_ampersand_keeps_it(person: Person, window: MainWindow) -> None:
    person.begin("iris")
    window.document.edit("Rename to R&D", project=window.document.project.edited(name="R&D"))
    assert window.commands["undo"].text() == "&Undo Rename to R&&D"


def test_the_theme_in_force_is_marked(person: Person, window: MainWindow) -> None:
    assert [name for name in THEMES if window.commands[name].isChecked()] == ["system"]
    person.do("dark")
    assert [name for name in THEMES if window.commands[name].isChecked()] == ["dark"]


def test_icons_are_painted_anew_in_another_theme(person: Person, window: MainWindow) -> None:
    save = window.commands["save"]
    before = save.icon().cacheKey()
    person.do("light" if theme.current().name == "dark" else "dark")
    assert save.icon().cacheKey() != before
