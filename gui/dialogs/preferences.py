"""What a person may choose about the program, in one dialog; all of it takes effect at once."""

from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui import theme
from gui.look import Look
from gui.settings import AUTOSAVE_SECONDS, TEXT_SIZES, Settings

THEMES: dict[theme.Mode, str] = {"system": "As the system", "light": "Light", "dark": "Dark"}


class PreferencesDialog(QDialog):
    """Theme, size of text, projector mode, and how soon an edit is kept aside."""

    def __init__(self, settings: Settings, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self._settings, self._look = settings, look
        self.theme = QComboBox()
        for mode in get_args(theme.Mode):
            self.theme.addItem(THEMES[mode], mode)
        self.text_size = _number(TEXT_SIZES, " %", settings.text_size)
        self.projector = QCheckBox("Large text and thick lines")
        self.autosave = _number(AUTOSAVE_SECONDS, " s", settings.autosave_seconds)
        self.autosave.setToolTip("After a crash, no more than this is lost")
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.projector.setChecked(settings.projector)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_L)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setVerticalSpacing(theme.SPACE_M)
        for label, control in (
            ("&Theme", self.theme),
            ("Text &size", self.text_size),
            ("&Projector mode", self.projector),
            ("&Keep edits aside after", self.autosave),
        ):
            form.addRow(label, control)
            control.setAccessibleName(label.replace("&", ""))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_XL] * 4)
        column.setSpacing(theme.SPACE_XL)
        column.addLayout(form)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.theme.activated.connect(lambda _: self._look.set_theme(self.theme.currentData()))
        self.text_size.valueChanged.connect(self._look.set_text_size)
        self.projector.toggled.connect(self._look.set_projector)
        self.autosave.valueChanged.connect(self._keep_autosave)

    def _keep_autosave(self, seconds: int) -> None:
        self._settings.autosave_seconds = seconds


def _number(values: range, unit: str, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(values[0], values[-1])
    box.setSingleStep(values.step)
    box.setSuffix(unit)
    box.setValue(value)
    box.setKeyboardTracking(False)
    box.lineEdit().setTextMargins(theme.SPACE_S, 0, 0, 0)
    return box
