"""The quick-add box: a few letters find whatever can be placed, Enter or a click takes it."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QObject,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import fuzzy, theme
from gui.canvas.catalogue import Entry
from gui.canvas.geometry import BAR
from gui.row_delegate import Index, RowDelegate
from gui.words import tr

WIDTH, ROWS = 300, 8
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -ROWS,
    Qt.Key.Key_PageDown: ROWS,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ENTRY = Qt.ItemDataRole.UserRole


class QuickAdd(QFrame):
    """Says which entry is looked at, and which is chosen; with Shift, to be placed on its own."""

    looked_at = Signal(object)  # Entry, or None where nothing is found
    chosen = Signal(object, bool)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self.setProperty("role", "card")
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Add a layer or block"))
        self.search = QLineEdit(placeholderText=tr("layer, activation, preset or block"))
        self.search.setAccessibleName(tr("Search what can be added"))
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("What can be added"))
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self._words = QLabel()
        self._words.setProperty("role", "muted")
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE_S] * 4)
        column.setSpacing(theme.SPACE_XS)
        for widget in (self.search, self.list, self._words):
            column.addWidget(widget)
        self.search.textChanged.connect(self._fill)
        self.list.currentItemChanged.connect(self._look)
        self.list.itemClicked.connect(lambda _: self._choose())
        self.hide()

    def say(self, words: str) -> None:
        """What will become of the entry that is looked at."""
        self._words.setText(words)

    def open(self, entries: Sequence[Entry]) -> None:
        """Offer these, ready to type."""
        self._entries = tuple(entries)
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.setFixedWidth(theme.scaled(WIDTH))
        height = EntryDelegate.height(self.fontMetrics().height())
        self.list.setFixedHeight(ROWS * height + 2 * self.list.frameWidth())
        self._words.setFixedHeight(2 * self.fontMetrics().lineSpacing())
        self.ensurePolished()
        self.adjustSize()
        self.show()
        self.raise_()
        self._fill("")
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def current(self) -> Entry | None:
        """The entry that Enter would take."""
        item = self.list.currentItem()
        return item.data(_ENTRY) if item else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that go through the list while one types; leaving the box closes it."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _MOVES:
            row = self.list.currentRow() + _MOVES[key]
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
        elif key in _ENTERS:
            self._choose(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def _fill(self, query: str) -> None:
        found = fuzzy.ranked(query, self._entries, lambda each: each.words)
        self.list.blockSignals(True)
        self.list.clear()
        for entry in found:
            item = QListWidgetItem(entry.label, self.list)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.label}, {tr(entry.section)}")
            item.setToolTip(entry.tip)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._look()

    def _look(self) -> None:
        self.looked_at.emit(self.current)

    def _choose(self, alone: bool = False) -> None:
        entry = self.current
        if entry is not None:
            alone = alone or bool(
                QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
            )
            self.hide()
            self.chosen.emit(entry, alone)


class EntryDelegate(RowDelegate):
    """One line: the colour of the category, the label, the section on the right."""

    def paint_row(self, painter: QPainter, room: QRect, index: Index, chosen: bool) -> None:
        entry: Entry = index.data(_ENTRY)
        bar = QRectF(room.left() + 2, room.top() + 4, BAR, room.height() - 8)
        painter.fillRect(bar, theme.color(theme.current().category(entry.category)))
        words = room.adjusted(theme.SPACE_S + 4, 0, -theme.SPACE_S, 0)
        metrics = painter.fontMetrics()
        section = tr(entry.section)
        beside = metrics.horizontalAdvance(section)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.color("on_accent" if chosen else "muted"))
        left = words.width() - metrics.horizontalAdvance(entry.label)
        if left >= beside + theme.SPACE_M:
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | middle, section)
        painter.setPen(theme.color("on_accent" if chosen else "text"))
        label = metrics.elidedText(entry.label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | middle, label)
