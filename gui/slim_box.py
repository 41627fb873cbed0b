"""A choice that asks for little room: headers of panels must not widen the docks."""

from PySide6.QtWidgets import QComboBox

LETTERS = 4


def slim_box(tip: str, name: str = "") -> QComboBox:
    """A combo box that is at least a few letters wide; `name` is for screen readers."""
    box = QComboBox()
    box.setToolTip(tip)
    box.setAccessibleName(name or tip)
    box.setMinimumContentsLength(LETTERS)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return box
