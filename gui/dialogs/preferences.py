"""What a person may choose about the program, in one dialog; all of it takes effect at once."""

from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui import language, theme
from gui.look import Look
from gui.settings import AUTOSAVE_SECONDS, TEXT_SIZES, Settings
from gui.words import mark, tr

THEMES: dict[theme.Mode, str] = {
    "system": mark("As the system"),
    "light": mark("Light"),
    "dark": mark("Dark"),
}


class PreferencesDialog(QDialog):
    """Theme, language, size of text, projector mode, and how soon an edit is kept aside."""

    def __init__(self, settings: Settings, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        self._settings, self._look = settings, look
        self.theme = QComboBox()
        for mode in get_args(theme.Mode):
            self.theme.addItem(tr(THEMES[mode]), mode)
        self.language = QComboBox()
        self.language.addItem(tr("As the system"), "system")
        for code, name in language.languages().items():
            self.language.addItem(name, code)
        self.text_size = _number(TEXT_SIZES, " %", settings.text_size)
        self.projector = QCheckBox(tr("Large text and thick lines"))
        self.autosave = _number(AUTOSAVE_SECONDS, " s", settings.autosave_seconds)
        self.autosave.setToolTip(tr("After a crash, no more than this is lost"))
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.language.setCurrentIndex(max(0, self.language.findData(settings.language)))
        self.language.setToolTip(tr("Takes effect the next time that Glasswork starts"))
        self.projector.setChecked(settings.projector)
        self.note = QLabel(tr("The language changes the next time that Glasswork starts."))
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.hide()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE_L)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setVerticalSpacing(theme.SPACE_M)
        for label, control in (
            (tr("&Theme"), self.theme),
            (tr("&Language"), self.language),
            (tr("Text &size"), self.text_size),
            (tr("&Projector mode"), self.projector),
            (tr("&Keep edits aside after"), self.autosave),
        ):
            form.addRow(label, control)
            control.setAccessibleName(label.replace("&", ""))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_XL] * 4)
        column.setSpacing(theme.SPACE_XL)
        column.addLayout(form)
        column.addWidget(self.note)
        column.addWidget(buttons)

    def _connect(self) -> None:
        self.theme.activated.connect(lambda _: self._look.set_theme(self.theme.currentData()))
        self.language.activated.connect(lambda _: self._keep_language())
        self.text_size.valueChanged.connect(self._look.set_text_size)
        self.projector.toggled.connect(self._look.set_projector)
        self.autosave.valueChanged.connect(self._keep_autosave)

    def _keep_language(self) -> None:
        self._settings.language = self.language.currentData()
        self.note.show()

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
