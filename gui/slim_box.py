"""A choice that asks for little room: headers of panels must not widen the docks."""

from PySide6.QtWidgets import QComboBox

from gui import theme

LETTERS, MOST = 3, 220  # the least and, in pixels, the most


def slim_box(tip: str, name: str = "") -> QComboBox:
    """A combo box that is at least a few letters wide; `name` is for screen readers."""
    box = QComboBox()
    box.setToolTip(tip)
    box.setAccessibleName(name or tip)
    box.setMinimumContentsLength(LETTERS)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMaximumWidth(theme.scaled(MOST))
    return box
