"""The canvas's keys as a table. Menus may claim the same keys: theirs then come first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

from gui.canvas.geometry import STEP
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.canvas import Canvas

_NONE = Qt.KeyboardModifier.NoModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_Key = Qt.Key
NUDGE, NUDGE_FINE = STEP, 1.0
_ARROWS = {
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
}
_KEYS: dict[tuple[Qt.Key, Qt.KeyboardModifier], "Callable[[Canvas], None]"] = {
    (_Key.Key_F, _NONE): lambda canvas: canvas.fit(),
    (_Key.Key_0, _CONTROL): lambda canvas: canvas.zoom_reset(),
    (_Key.Key_Plus, _CONTROL): lambda canvas: canvas.zoom_in(),
    (_Key.Key_Equal, _CONTROL): lambda canvas: canvas.zoom_in(),
    (_Key.Key_Minus, _CONTROL): lambda canvas: canvas.zoom_out(),
    (_Key.Key_Delete, _NONE): lambda canvas: canvas.delete_selection(),
    (_Key.Key_Backspace, _NONE): lambda canvas: canvas.delete_and_reconnect(),
    (_Key.Key_A, _CONTROL): lambda canvas: canvas.select_all(),
    (_Key.Key_C, _CONTROL): lambda canvas: canvas.copy(),
    (_Key.Key_X, _CONTROL): lambda canvas: canvas.cut(),
    (_Key.Key_V, _CONTROL): lambda canvas: canvas.paste(),
    (_Key.Key_D, _CONTROL): lambda canvas: canvas.duplicate(),
    (_Key.Key_L, _NONE): lambda canvas: canvas.connect_selected(),
    (_Key.Key_Insert, _NONE): lambda canvas: canvas.adding.open(),
    (_Key.Key_F2, _NONE): lambda canvas: canvas.rename_selected(),
}


def press(canvas: "Canvas", event: QKeyEvent) -> bool:
    """Do what the key means on the canvas; False where it means nothing there."""
    combination: QKeyCombination = event.keyCombination()
    key = combination.key()
    held = combination.keyboardModifiers() & ~_KEYPAD
    action = _KEYS.get((key, held))
    if action is not None:
        action(canvas)
    elif key in _ARROWS and held in (_NONE, _SHIFT):
        step = NUDGE_FINE if held == _SHIFT else NUDGE
        dx, dy = _ARROWS[key]
        canvas.nudge(dx * step, dy * step)
    elif key in _ARROWS and held == _ALT:
        canvas.select_towards(*_ARROWS[key])
    else:
        return False
    return True


def nearest(scene: Scene, dx: int, dy: int) -> str | None:
    """The card to go to from the selected one: near, and rather ahead than aside."""
    chosen = scene.selected_layers()
    if not chosen:
        return next(iter(scene.cards), None)
    here = scene.card_of(chosen[0]).pos()
    best: tuple[float, str] | None = None
    for identifier, item in scene.cards.items():
        away = item.pos() - here
        ahead = away.x() * dx + away.y() * dy
        aside = abs(away.x() * dy) + abs(away.y() * dx)
        if ahead > 0 and (best is None or ahead + 2 * aside < best[0]):
            best = (ahead + 2 * aside, identifier)
    return None if best is None else best[1]
