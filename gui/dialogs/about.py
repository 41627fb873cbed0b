"""What the program is: version, licence, and what it stands on."""

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.words import mark, tr

PURPOSE = mark(
    "Draw a neural network, train it on your own data while you watch, and leave with one file "
    "that Keras opens. The engine is written from scratch in NumPy."
)


class AboutDialog(QDialog):
    """A few lines, which can be selected to be sent with a question."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About Glasswork"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_XL, theme.SPACE_L)
        column.setSpacing(theme.SPACE_S)
        column.addWidget(_line("Glasswork", "figure"))
        column.addWidget(_line(tr("Version {version}", version=_version("glasswork")), "muted"))
        column.addSpacing(theme.SPACE_S)
        column.addWidget(_line(tr(PURPOSE), ""))
        column.addWidget(_line(tr("Free software under the MIT licence."), ""))
        column.addSpacing(theme.SPACE_S)
        column.addWidget(_line(versions(), "muted"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addSpacing(theme.SPACE_S)
        column.addWidget(buttons)
        self.setFixedWidth(420)


def versions() -> str:
    """What the program runs on: "Python 3.11.7 · Qt 6.11.3 · NumPy 2.4.6"."""
    return f"Python {platform.python_version()} · Qt {qVersion()} · NumPy {_version('numpy')}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return tr("from source")


def _line(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
