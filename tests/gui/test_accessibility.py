"""The whole window by keyboard and by ear: a name for everything, and a focus that is seen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QGraphicsView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from gui.main_window import MainWindow
from tests.gui.person import Person

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QGraphicsView,
)
INSIDE = (
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QLineEdit,
)  # parts of these speak for the whole


def nameless(root: QWidget) -> set[str]:
    """Controls of `root` that a screen reader could only call "button" or "list"."""
    found = set()
    for widget in root.findChildren(QWidget):
        inside = any(isinstance(each, INSIDE) for each in _above(widget))
        of_qt = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        if not isinstance(widget, CONTROLS) or of_qt or inside:
            continue
        words = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or words) and widget not in _buddies(root):
            found.add(f"{type(widget).__name__} {widget.objectName()} in {_place(widget)}")
    return found


def _above(widget: QWidget) -> list[QWidget]:
    parents, parent = [], widget.parentWidget()
    while parent is not None:
        parents.append(parent)
        parent = parent.parentWidget()
    return parents


def _buddies(root: QWidget) -> set[QWidget]:
    return {label.buddy() for label in root.findChildren(QLabel) if label.buddy()}


def _place(widget: QWidget) -> str:
    return " < ".join(type(each).__name__ for each in _above(widget)[:4])


@pytest.mark.parametrize("template", ["iris", "diabetes", "digits"])
def test_every_control_of_the_window_has_a_name(
    person: Person, window: MainWindow, template: str
) -> None:
    assert nameless(window) == set()
    person.begin(template)
    for dock in window.workbench.docks.values():
        dock.show()
    assert nameless(window) == set()
    window.canvas.editor.focus((window.document.project.design.order[1],))
    assert nameless(window) == set()


@pytest.mark.parametrize(
    "action", ["commands", "shortcuts", "preferences", "about", "history", "predict"]
)
def test_every_control_of_a_dialog_has_a_name(person: Person, action: str) -> None:
    person.begin("iris", epochs=1)
    person.train_to_the_end()
    person.do(action)
    dialog = person.dialog(QDialog)
    assert nameless(dialog) == set()
    dialog.close()


def test_every_dock_says_what_it_is(window: MainWindow) -> None:
    for dock in window.workbench.docks.values():
        assert dock.windowTitle()


def walk(person: Person, window: MainWindow) -> list[QWidget]:
    """Who has the focus as one presses Tab, or Shift+Tab where Tab means something else."""
    visited: list[QWidget] = []
    for _ in range(400):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in visited:
            break
        visited.append(widget)
        key = Qt.Key.Key_Backtab if widget is window.canvas.view else Qt.Key.Key_Tab
        person.qtbot.keyClick(widget, key)
    return visited


def test_tab_goes_through_the_welcome_page(person: Person, window: MainWindow) -> None:
    visited = walk(person, window)
    assert set(window.welcome.gallery.cards) <= set(visited)
    assert window.welcome.open_button in visited


def test_the_keyboard_reaches_every_panel_and_its_focus_is_seen(
    person: Person, window: MainWindow
) -> None:
    person.begin("iris")
    person.qtbot.wait(100)
    window.layers.focus_search()
    visited = walk(person, window)
    for name in ("palette", "data", "training", "loss"):
        dock = window.workbench.docks[name]
        inside = [each for each in visited if dock.isAncestorOf(each)]
        focusable = [each for each in dock.findChildren(QWidget) if takes_tab(each)]
        assert inside or not focusable, name
    unseen = [each for each in visited if each.isVisible() and not shows_focus(person, each)]
    assert sorted({f"{type(each).__name__} in {_place(each)}" for each in unseen}) == []


def takes_tab(widget: QWidget) -> bool:
    policy = Qt.FocusPolicy.TabFocus.value
    return widget.isVisible() and bool(widget.focusPolicy().value & policy)


def shows_focus(person: Person, widget: QWidget) -> bool:
    """Whether it looks otherwise with the focus than without, where it is not scrolled away."""
    if widget.visibleRegion().isEmpty():
        return True
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    person.qtbot.wait(5)
    with_focus = seen(widget)
    widget.clearFocus()
    person.qtbot.wait(5)
    return with_focus != seen(widget)


def seen(widget: QWidget) -> QImage:
    """The widget with what is just around it."""
    window = widget.window()
    corner = widget.mapTo(window, widget.rect().topLeft())
    return window.grab(widget.rect().translated(corner).adjusted(-4, -4, 4, 4)).toImage()
