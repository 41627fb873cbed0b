"""What lies over the canvas and is not part of the design: its title, and the next step."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui import theme
from gui.words import mark, tr

EMPTY_TEXT = mark("Drag a layer here, press Tab, or choose a template")


class Header(QWidget):
    """The project's name and how many numbers it trains."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.name = _label("muted", tr("Project"))
        self.total = _label("figure", tr("Total parameters"))
        self._unit = _label("muted", "")
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.total)
        row.addWidget(self._unit, 1, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        self._unit.setContentsMargins(0, 0, 0, 4)
        theme.notifier.theme_changed.connect(self._fit)

    def show_design(self, name: str, total: int, known: bool) -> None:
        """The name, and the total where the width of the data is known."""
        self.name.setText(name)
        self.total.setText(f"{total:,}" if known else "–")
        self._unit.setText(tr("parameter") if known and total == 1 else tr("parameters"))
        self._fit()

    def _fit(self) -> None:
        """As large as its words."""
        for label in (self.name, self.total, self._unit):
            label.ensurePolished()  # the style sheet's font decides how wide it is
            label.updateGeometry()
        self._column.activate()
        self.resize(self._column.sizeHint())


class EmptyText(QLabel):
    """Says the next step while there is nothing to see."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr(EMPTY_TEXT), parent)
        self.setProperty("role", "muted")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _label(role: str, name: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setAccessibleName(name)
    return label
