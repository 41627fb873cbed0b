"""The one place that names a colour, a size or a font: light and dark tokens, and applying them.

Widgets that paint read `current()` when they paint, and repaint on `notifier.theme_changed`.
The theme is a palette of our own on the Fusion style, since Qt's colour-scheme hint does nothing
on a bare X server.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui import stylesheet
from gui.icon_font import FontIcon

if TYPE_CHECKING:
    import numpy as np

Mode = Literal["light", "dark", "system"]
FontRole = Literal["body", "small", "strong", "title", "figure"]


@dataclass(frozen=True)
class Tokens:
    """Every colour of one theme, as "#rrggbb". Text has a contrast of 4.5:1, borders of 3:1."""

    name: Literal["light", "dark"]
    window: str
    canvas: str
    surface: str
    border: str
    hairline: str
    text: str
    muted: str
    accent: str
    on_accent: str
    training: str
    validation: str
    ok: str
    warning: str
    error: str
    input_output: str
    core: str
    activation: str
    regularise: str
    norm: str
    merge: str
    diverging: tuple[str, ...]
    classes: tuple[str, ...]

    def category(self, name: str) -> str:
        """The colour of a layer's category, by its name in the engine."""
        return getattr(self, name.replace("-", "_"))


LIGHT = Tokens(
    name="light",
    window="#F4F5F7",
    canvas="#FAFBFC",
    surface="#FFFFFF",
    border="#76808E",
    hairline="#D5DAE1",
    text="#1B222C",
    muted="#556070",
    accent="#0B63CE",
    on_accent="#FFFFFF",
    training="#0B63CE",
    validation="#A35200",
    ok="#0F7B4F",
    warning="#9A5B00",
    error="#B3261E",
    input_output="#4B5563",
    core="#2F5DA8",
    activation="#A8480F",
    regularise="#6A4BA3",
    norm="#0F766E",
    merge="#A02C6B",
    diverging=("#084594", "#2F78B7", "#8DBBDD", "#F5F5F2", "#F0B27A", "#C9681A", "#7F3B08"),
    classes=(
        *("#0B63CE", "#C45A00", "#0F766E", "#A02C6B", "#7A6A00"),
        *("#6A4BA3", "#0E7FA8", "#B3261E", "#6B4226", "#556070"),
    ),
)

DARK = Tokens(
    name="dark",
    window="#16191E",
    canvas="#111418",
    surface="#1E232A",
    border="#6B7684",
    hairline="#323943",
    text="#E6EAF0",
    muted="#A3AEBB",
    accent="#6CB0FF",
    on_accent="#0B0F14",
    training="#6CB0FF",
    validation="#F5A04C",
    ok="#5CCB94",
    warning="#F0B14A",
    error="#FF8A80",
    input_output="#AAB4C0",
    core="#7FB2FF",
    activation="#FFA26B",
    regularise="#BFA2F5",
    norm="#56CFC0",
    merge="#F391C3",
    diverging=("#9CD0FF", "#4A97E0", "#235A93", "#20242B", "#8A4B16", "#D97F2B", "#FFC48A"),
    classes=(
        *("#6CB0FF", "#F5A04C", "#56CFC0", "#F391C3", "#D9CB55"),
        *("#BFA2F5", "#7ADCF5", "#FF8A80", "#D3A27F", "#A3AEBB"),
    ),
)

SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
CONTROL_HEIGHT = 28


class Notifier(QObject):
    """Tells that the colours have changed."""

    theme_changed = Signal()


notifier = Notifier()
_state: dict[str, Tokens] = {"tokens": LIGHT}
_sizes = {"text": 1.0, "line": 1.0}
_system_fonts: list[QFont] = []
_following: list[QApplication] = []


def current() -> Tokens:
    """The tokens in force."""
    return _state["tokens"]


def color(token: str, alpha: float = 1.0) -> QColor:
    """The colour of a token in force, by the token's name ("accent") or as it is ("#0B63CE")."""
    return QColor(_color(token if token[0] == "#" else getattr(current(), token), alpha))


@lru_cache(maxsize=256)
def _color(value: str, alpha: float) -> QColor:
    made = QColor(value)
    made.setAlphaF(alpha)
    return made


def apply(app: QApplication, mode: Mode) -> None:
    """Dress the whole program: Fusion, the palette, the style sheet; then `theme_changed`.

    "system" follows the desktop where Qt knows its colour scheme, and is light elsewhere.
    """
    _follow_system(app, mode == "system")
    _state["tokens"] = DARK if _is_dark(mode) else LIGHT
    app.setStyle("Fusion")
    _set_font(app)
    app.setPalette(_palette(current()))
    app.setStyleSheet(stylesheet.text(current()))
    icon.cache_clear()
    _font.cache_clear()
    notifier.theme_changed.emit()


def class_color(place: int) -> QColor:
    """The colour of the `place`th class, from 0; of more than ten, colours come again."""
    shades = current().classes
    return color(shades[place % len(shades)])


@contextmanager
def worn(name: Literal["light", "dark"]) -> Generator[None]:
    """Has whatever is painted meanwhile take that theme's colours, whichever is in force."""
    before, _state["tokens"] = current(), DARK if name == "dark" else LIGHT
    try:
        yield
    finally:
        _state["tokens"] = before


def enlarge(percent: int, *, thick: bool = False) -> None:
    """From the next `apply` on, text has so many per cent of the system's size; lines are thick."""
    _sizes["text"], _sizes["line"] = percent / 100, 1.75 if thick else 1.0


def scaled(pixels: float) -> int:
    """A size that goes with the text: it holds as many letters as `pixels` at 100 %."""
    return round(pixels * _sizes["text"])


def stroke(width: float) -> float:
    """The width of a line that carries meaning, which is seen from afar where that is wished."""
    return width * _sizes["line"]


def font(role: FontRole = "body") -> QFont:
    """The program's font, at size S: muted and body S, titles S+2 semibold, a key figure S+8."""
    return QFont(_font(role, _sizes["text"]))


def scene_font(role: FontRole = "body") -> QFont:
    """The same for what has a zoom of its own, such as cards on the canvas."""
    return QFont(_font(role, 1.0))


class _Wearer(QObject):
    """Gives a widget its font again whenever the size of text may have changed."""

    def __init__(self, widget: QWidget, role: FontRole) -> None:
        super().__init__(widget)
        self._widget = widget
        self._role: FontRole = role
        notifier.theme_changed.connect(self._wear)
        self._wear()

    def _wear(self) -> None:
        self._widget.setFont(font(self._role))


def set_font(widget: QWidget, role: FontRole) -> None:
    """Lets `widget` have that font, in the size of text in force."""
    _Wearer(widget, role)


def _set_font(app: QApplication) -> None:
    if not _system_fonts:
        _system_fonts.append(QFont(app.font()))
    if app.font().pointSizeF() != _system_fonts[0].pointSizeF() * _sizes["text"]:
        app.setFont(_enlarged(_sizes["text"]))


def _enlarged(scale: float) -> QFont:
    made = QFont(_system_fonts[0] if _system_fonts else QGuiApplication.font())
    made.setPointSizeF(made.pointSizeF() * scale)
    return made


@lru_cache(maxsize=16)
def _font(role: FontRole, scale: float) -> QFont:
    made = _enlarged(scale)
    bigger = {"small": -1.0, "title": 2.0, "figure": 8.0}.get(role, 0.0)
    made.setPointSizeF(max(6.0, made.pointSizeF() + bigger * 0.75 * scale))
    if role in ("strong", "title", "figure"):
        made.setWeight(QFont.Weight.DemiBold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


@lru_cache(maxsize=256)
def icon(name: str, token: str = "text") -> QIcon:
    """A Phosphor icon ("play", "magnifying-glass") in a token's colour, muted when disabled."""
    return QIcon(FontIcon(name, color(token), color("muted", 0.5)))


@lru_cache(maxsize=8)
def _signed_table(stops: tuple[str, ...]) -> "np.ndarray":
    import numpy as np  # the window is shown before it is imported

    shades = [QColor(stop) for stop in stops]
    rgb = np.array([(each.red(), each.green(), each.blue()) for each in shades], dtype=float)
    places = np.linspace(0, len(stops) - 1, 256)
    columns = [np.interp(places, np.arange(len(stops)), rgb[:, channel]) for channel in range(3)]
    table = np.stack(columns, axis=1).round().astype(np.uint8)
    table.setflags(write=False)
    return table


def signed_colors() -> "np.ndarray":
    """The map for signed values in force: 256 rows of RGB, uint8, zero neutral in the middle."""
    return _signed_table(current().diverging)


def _is_dark(mode: Mode) -> bool:
    if mode == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return mode == "dark"


def _follow_system(app: QApplication, follow: bool) -> None:
    """Repaint when the desktop changes its scheme, while that is what the person chose."""
    changed = app.styleHints().colorSchemeChanged
    if _following:
        changed.disconnect(_on_scheme_changed)
        _following.clear()
    if follow:
        changed.connect(_on_scheme_changed)
        _following.append(app)


def _on_scheme_changed() -> None:
    for app in tuple(_following):
        apply(app, "system")


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.error,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.regularise,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.Light: tokens.surface,
        role.Midlight: tokens.hairline,
        role.Mid: tokens.hairline,
        role.Dark: tokens.border,
        role.Shadow: tokens.border,
    }
    palette = QPalette()
    for which, value in colors.items():
        palette.setColor(which, QColor(value))
    faded = QColor(tokens.muted)
    faded.setAlphaF(0.7)
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, faded)
    return palette
