"""The command palette: every action of the menus, found by a few letters."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import fuzzy, theme
from gui.command_list import Command
from gui.row_delegate import Index, RowDelegate
from gui.words import tr

WIDTH, ROWS = 600, 11
MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
COMMAND = Qt.ItemDataRole.UserRole


class CommandPalette(QDialog):
    """Type, choose with the arrow keys, press Enter; those used lately come first.

    `chosen` is called with the command after the dialog has gone.
    """

    def __init__(
        self,
        commands: Iterable[Command],
        recent: Sequence[str],
        chosen: Callable[[Command], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Find a command"))
        place = {name: index for index, name in enumerate(recent)}
        self._commands = sorted(commands, key=lambda each: place.get(each.id, len(place)))
        self._chosen = chosen
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a command…"))
        self.search.setAccessibleName(tr("Find a command"))
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show)
        self.search.returnPressed.connect(self.accept)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Commands"))
        self.list.setItemDelegate(CommandDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(lambda _: self.accept())
        self.none = QLabel(tr("No command has such a name."))
        self.none.setProperty("role", "muted")
        self._arrange(parent)
        self._show("")

    def _arrange(self, window: QWidget) -> None:
        frame = QFrame()
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(*[theme.SPACE_S] * 4)
        column.setSpacing(theme.SPACE_S)
        for widget in (self.search, self.list, self.none):
            column.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        height = CommandDelegate.height(self.fontMetrics().height()) * ROWS
        self.list.setFixedHeight(height + 2 * self.list.frameWidth())
        self.setFixedWidth(min(window.width(), max(WIDTH, 48 * self.fontMetrics().height())))
        corner = QRect(window.mapToGlobal(window.rect().topLeft()), window.size())
        self.move(corner.center().x() - self.width() // 2, corner.top() + corner.height() // 10)

    def accept(self) -> None:
        """Does what is chosen; what cannot be done just now goes on saying why."""
        item = self.list.currentItem()
        command = item.data(COMMAND) if item else None
        if isinstance(command, Command) and not command.reason:
            super().accept()
            self._chosen(command)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.key() if isinstance(event, QKeyEvent) else None
        if pressed in MOVES and event.type() == QEvent.Type.KeyPress:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _show(self, query: str) -> None:
        found = fuzzy.ranked(query, self._commands, lambda each: f"{each.words} {each.menu}")
        self.list.clear()
        for command in found:
            item = QListWidgetItem(command.words, self.list)
            item.setData(COMMAND, command)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, command.spoken)
            item.setToolTip(command.reason or command.action.statusTip())
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)


class CommandDelegate(RowDelegate):
    """One line: the words, the menu or the reason beside them, the keys on the right."""

    air = 2 * theme.SPACE_S - theme.SPACE_XS

    def paint_row(self, painter: QPainter, room: QRect, index: Index, chosen: bool) -> None:
        command: Command = index.data(COMMAND)
        room = room.adjusted(theme.SPACE_S, 0, -theme.SPACE_S, 0)
        muted = "on_accent" if chosen else "muted"
        words = muted if command.reason else "on_accent" if chosen else "text"
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        metrics = painter.fontMetrics()
        keys_width = metrics.horizontalAdvance(command.keys)
        painter.setPen(theme.color(muted))
        painter.drawText(room, right, command.keys)
        beside = room.adjusted(
            metrics.horizontalAdvance(command.words) + theme.SPACE_L, 0, -keys_width, 0
        )
        more = metrics.elidedText(
            command.reason or command.menu,
            Qt.TextElideMode.ElideRight,
            max(0, beside.width() - theme.SPACE_L),
        )
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, more)
        painter.setPen(theme.color(words))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, command.words)
