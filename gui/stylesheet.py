"""The style sheet of a theme: flat docks with hairlines, 28 px controls, one primary button.

Roles are dynamic properties: `button.setProperty("role", "primary")`, `label.setProperty("role",
"muted" | "title" | "section" | "figure" | "ok" | "warning" | "error")`, `widget.setProperty(
"role", "card")` for a bordered surface.
"""

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir

if TYPE_CHECKING:
    from gui.theme import Tokens

_SHAPES = {
    "up": "M4 10 L8 6 L12 10",
    "down": "M4 6 L8 10 L12 6",
    "right": "M6 4 L10 8 L6 12",
    "left": "M10 4 L6 8 L10 12",
    "check": "M3.5 8.5 L6.5 11.5 L12.5 4.5",
    "dash": "M4 8 L12 8",
    "close": "M4.5 4.5 L11.5 11.5 M11.5 4.5 L4.5 11.5",
}
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
    '<path d="{path}" fill="none" stroke="{color}" stroke-width="1.6" stroke-linecap="round" '
    'stroke-linejoin="round"/></svg>'
)

_CONTAINERS = """
QWidget { color: $text; }
QMainWindow, QDialog, QWizard { background: $window; }
QMainWindow::separator { background: $hairline; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QDockWidget { color: $text; font-weight: 600; titlebar-close-icon: url($close_muted); }
QDockWidget::title { background: $window; padding: 8px 12px 4px 12px; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button {
    background: transparent; border: none; border-radius: 4px; padding: 1px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hairline; }
QDockWidget > QWidget { font-weight: 400; }
QScrollArea, QScrollArea > QWidget > QWidget[role="content"] {
    background: transparent; border: none; }
QScrollArea:focus { border: 1px solid $accent; }
QFrame[role="card"], QWidget[role="card"] {
    background: $surface; border: 1px solid $hairline; border-radius: 6px; }
QFrame[role="line"] { background: $hairline; border: none; max-height: 1px; }
QSplitter::handle { background: $hairline; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QStatusBar { background: $window; border-top: 1px solid $hairline; color: $muted; }
QStatusBar::item { border: none; }
QToolBar { background: $window; border: none; border-bottom: 1px solid $hairline;
    padding: 3px 8px; spacing: 8px; icon-size: 16px; }
QToolBar::separator { background: transparent; width: 12px; }
QGroupBox { border: none; margin-top: 24px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; top: 4px; }
QGroupBox QWidget { font-weight: 400; }
"""

_LABELS = """
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="title"] { font-size: ${title_size}pt; font-weight: 600; }
QLabel[role="section"] { color: $muted; font-weight: 600; }
QLabel[role="figure"] { font-size: ${figure_size}pt; font-weight: 600; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="error"] { color: $error; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 3px 4px; }
"""

_BUTTONS = """
QPushButton, QToolBar QToolButton, QToolButton[role="button"] {
    background: $surface; color: $text; border: 1px solid $border; border-radius: 6px;
    min-height: 26px; padding: 0 12px; }
QToolBar QToolButton { padding: 0 10px; }
QToolBarExtension { padding: 0 2px; min-width: 18px; }
QPushButton:hover, QToolBar QToolButton:hover, QToolButton[role="button"]:hover {
    background: $window; border-color: $accent; }
QPushButton:pressed, QToolBar QToolButton:pressed, QToolButton[role="button"]:pressed {
    background: $hairline; }
QPushButton:focus, QToolBar QToolButton:focus, QToolButton[role="button"]:focus {
    border: 2px solid $accent; padding: 0 11px; min-height: 24px; }
QToolBar QToolButton:focus { padding: 0 9px; }
QPushButton:disabled, QToolBar QToolButton:disabled, QToolButton[role="button"]:disabled {
    color: $disabled; border-color: $hairline; background: transparent; }
QPushButton:checked, QToolBar QToolButton:checked, QToolButton[role="button"]:checked {
    color: $accent; border-color: $accent; }
QPushButton[role="primary"], QPushButton:default, QToolBar QToolButton[role="primary"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover, QPushButton:default:hover,
QToolBar QToolButton[role="primary"]:hover { background: $accent_hover; }
QPushButton[role="primary"]:pressed, QToolBar QToolButton[role="primary"]:pressed {
    background: $accent_pressed; }
QPushButton[role="primary"]:focus, QPushButton:default:focus,
QToolBar QToolButton[role="primary"]:focus { border-color: $text; }
QPushButton[role="primary"]:disabled, QPushButton:default:disabled,
QToolBar QToolButton[role="primary"]:disabled {
    background: $hairline; color: $muted; border-color: $hairline; }
QPushButton[role="flat"], QToolBar QToolButton[role="flat"] {
    background: transparent; border-color: transparent; color: $muted; }
QPushButton[role="flat"]:hover, QToolBar QToolButton[role="flat"]:hover {
    color: $text; background: $hover; }
QPushButton[role="flat"]:checked, QToolBar QToolButton[role="flat"]:checked {
    background: $surface; border-color: $accent; color: $accent; }
QPushButton[role="flat"]:focus, QToolBar QToolButton[role="flat"]:focus { border-color: $accent; }
QToolBar QToolButton[popupMode="1"] { padding-right: 30px; }
QToolBar QToolButton::menu-button { border: none; border-left: 1px solid $hairline; width: 22px;
    background: transparent; }
QToolBar QToolButton::menu-button:hover { background: $hover; }
QToolBar QToolButton::menu-arrow { image: url($down_muted); width: 12px; height: 12px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 3px; }
QToolButton[popupMode="2"] { padding-right: 20px; }
QToolButton:hover { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: url($down_muted); width: 12px; height: 12px;
    subcontrol-position: right center; right: 4px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 22px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $border; border-radius: 4px;
    background: $surface; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $accent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url($check_on_accent); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
    image: url($dash_on_accent); }
QRadioButton::indicator:checked { background: $surface; border: 5px solid $accent;
    width: 6px; height: 6px; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator:disabled { border-color: $hairline; }
QCheckBox::indicator:checked:focus { border: 2px solid $text; }
QCheckBox::indicator:checked:disabled { background: $hairline; }
"""

_EDITORS = """
QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QKeySequenceEdit {
    background: $surface; color: $text; border: 1px solid $border; border-radius: 6px;
    padding: 0 8px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 26px; }
QPlainTextEdit, QTextEdit { padding: 4px 6px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $accent; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent; padding: 0 7px; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { min-height: 24px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 5px; }
QLineEdit[role="name"] { background: transparent; border-color: transparent; padding: 0; }
QLineEdit[role="name"]:hover { border-color: $border; }
QLineEdit[role="name"]:focus { background: $surface; border-color: $accent; padding: 0; }
QLineEdit[role="name"]:disabled { background: transparent; border-color: transparent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
    color: $disabled; border-color: $hairline; background: $window; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
    border-color: $error; }
QAbstractSpinBox { padding: 0 22px 0 8px; min-height: 23px; }
QAbstractSpinBox:focus { padding: 0 21px 0 7px; min-height: 21px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; min-height: 20px;
    background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 20px; border: none; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; height: 12px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0;
    height: 12px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover;
    border-radius: 3px; }
QAbstractSpinBox::up-arrow { image: url($up_muted); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url($down_muted); width: 12px; height: 12px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: url($up_hairline); }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off {
    image: url($down_hairline); }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: 24px;
    border: none; }
QComboBox::down-arrow { image: url($down_muted); width: 14px; height: 14px; }
QComboBox::down-arrow:disabled { image: url($down_hairline); }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px;
    outline: none; selection-background-color: $accent; selection-color: $on_accent; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QSlider { min-height: 24px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: $hairline; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
    background: $surface; border: 1px solid $border; }
QSlider::handle:horizontal:hover { border-color: $accent; }
QSlider::handle:horizontal:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QProgressBar { background: $hairline; border: none; border-radius: 4px; max-height: 8px;
    min-height: 8px; text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
"""

_VIEWS = """
QAbstractItemView { background: $surface; alternate-background-color: $window; color: $text;
    border: 1px solid $hairline; outline: none; gridline-color: $hairline;
    selection-background-color: $selection; selection-color: $text; }
QListView::item, QTreeView::item { min-height: 26px; padding: 0 6px; border-radius: 4px; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $selection; color: $text; }
QTreeView[role="rows"]::item { border-radius: 0; }
QAbstractItemView:focus { border-color: $accent; }
QTableView::item { padding: 0 8px; }
QTableView[role="narrow"]::item { padding: 0 2px; }
QHeaderView { background: $window; border: none; }
QHeaderView::section { background: $window; color: $muted; border: none; font-weight: 600;
    border-bottom: 1px solid $hairline; padding: 4px 8px; min-height: 20px; }
QTableCornerButton::section { background: $window; border: none; }
QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar { background: $window; qproperty-drawBase: 0; border: none; }
QTabBar::tab { background: transparent; color: $muted; border: none; padding: 6px 12px 4px 12px;
    border-bottom: 2px solid transparent; min-height: 18px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent; }
QTabBar::close-button { image: url($close_muted); }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $border; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenuBar { background: $window; color: $text; border-bottom: 1px solid $hairline;
    padding: 1px 4px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; min-height: 16px; }
QMenu::item:selected { background: $accent; color: $on_accent; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 8px; }
QMenu::right-arrow { image: url($right_muted); width: 12px; height: 12px; }
QMenu::indicator { width: 14px; height: 14px; margin-left: 6px; }
QMenu::indicator:checked { image: url($check_text); }
"""

_folder = QTemporaryDir()


def text(tokens: "Tokens") -> str:
    """The whole style sheet in the colours of `tokens`."""
    values = {name: str(value) for name, value in vars(tokens).items()}
    values |= _mixed(tokens) | _images(tokens) | _sizes()
    sheet = Template(_CONTAINERS + _LABELS + _BUTTONS + _EDITORS + _VIEWS)
    return sheet.substitute(values)


def _mixed(tokens: "Tokens") -> dict[str, str]:
    """Colours between two tokens, for states that no token names."""
    return {
        "hover": _mix(tokens.window, tokens.text, 0.08),
        "selection": _mix(tokens.surface, tokens.accent, 0.22),
        "scroll": _mix(tokens.window, tokens.text, 0.25),
        "disabled": _mix(tokens.window, tokens.muted, 0.7),
        "accent_hover": _mix(tokens.accent, tokens.on_accent, 0.12),
        "accent_pressed": _mix(tokens.accent, tokens.text, 0.2),
    }


def _mix(first: str, second: str, share: float) -> str:
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def _sizes() -> dict[str, str]:
    from gui import theme

    roles: tuple[theme.FontRole, ...] = ("title", "figure")
    return {f"{role}_size": f"{theme.font(role).pointSizeF():g}" for role in roles}


def _images(tokens: "Tokens") -> dict[str, str]:
    """`$down_muted` and the like: paths of small SVG files, since a sheet takes only files."""
    wanted = ("text", "muted", "hairline", "on_accent")
    return {
        f"{shape}_{token}": _image(shape, getattr(tokens, token))
        for shape in _SHAPES
        for token in wanted
    }


def _image(shape: str, color: str) -> str:
    path = Path(_folder.filePath(f"{shape}-{color[1:]}.svg"))
    if not path.exists():
        path.write_text(_SVG.format(path=_SHAPES[shape], color=color), encoding="utf-8")
    return path.as_posix()
