"""Finding a layer: a box over the canvas that lists all layers in order, narrowed by typing."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from gui import theme
from gui.canvas.scene import Scene
from gui.words import tr

_WIDTH, _MOST_ROWS = 280, 9
_ROLE = Qt.ItemDataRole.UserRole


class Finder(QFrame):
    """Says which layer is looked at while one goes through the list; also to a screen reader."""

    looked_at = Signal(str)
    chosen = Signal(str)
    closed = Signal()

    def __init__(self, scene: Scene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene
        self._order: tuple[str, ...] = ()
        self.setObjectName("finder")
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(tr("Find a layer"))
        self.search = QLineEdit(placeholderText=tr("name, kind or problem of a layer"))
        self.search.setAccessibleName(tr("Find a layer"))
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Layers, in the order of computing"))
        self.list.setUniformItemSizes(True)
        self.list.setFocusProxy(self.search)
        self._count = QLabel()
        self._count.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_S] * 4)
        column.setSpacing(theme.SPACE_XS)
        for widget in (self.search, self.list, self._count):
            column.addWidget(widget)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.currentRowChanged.connect(self._look)
        self.list.itemClicked.connect(self._choose)
        self.hide()

    def open(self, order: tuple[str, ...]) -> None:
        """List these layers, the selected one marked, ready to type."""
        self._order = order
        chosen = self._scene.selected_layers()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._fill("", chosen[0] if chosen else "")
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def place(self, area: QWidget) -> None:
        """In the upper right corner of that widget, beside what is looked at."""
        rows = self.list.sizeHintForRow(0) if self.list.count() else 20
        self.list.setFixedHeight(rows * _MOST_ROWS + 2 * self.list.frameWidth())
        self.setFixedWidth(min(_WIDTH, area.width() - 2 * theme.SPACE_M))
        self.adjustSize()
        self.move(area.width() - self.width() - theme.SPACE_M, theme.SPACE_M)

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Up and down go through the list while one types; Enter and Escape end it."""
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = max(0, min(self.list.count() - 1, self.list.currentRow() + step))
            self.list.setCurrentRow(row)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _fill(self, text: str, chosen: str = "") -> None:
        wanted = text.strip().lower().split()
        self.list.blockSignals(True)
        self.list.clear()
        for identifier in self._order:
            card = self._scene.layers[identifier].card
            words = f"{card.name} · {card.summary}" + (f" · {card.error}" if card.error else "")
            if all(word in f"{words} {card.category}".lower() for word in wanted):
                self.list.addItem(words)
                self.list.item(self.list.count() - 1).setData(_ROLE, identifier)
                if identifier == chosen:
                    self.list.setCurrentRow(self.list.count() - 1)
        self.list.blockSignals(False)
        found = self.list.count()
        self._count.setText(
            tr("{found:,} of {count:,} layers", found=found, count=len(self._order))
            if found
            else tr("No such layer")
        )
        if wanted and found:
            self.list.setCurrentRow(0)

    def _choose(self) -> None:
        """Go to the layer that is marked, and be done."""
        row = self.list.currentRow()
        self.hide()
        if 0 <= row < self.list.count():
            self.chosen.emit(self.list.item(row).data(_ROLE))

    def _look(self, row: int) -> None:
        if 0 <= row < self.list.count():
            self.looked_at.emit(self.list.item(row).data(_ROLE))
