"""A layer unfolded over the canvas: its neurons, their links, and a weight changed by hand."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.design import Node
from engine.events import Event
from gui import theme
from gui.canvas.editor import Editor
from gui.canvas.neurons.arrays import PROBE, Arrays
from gui.canvas.neurons.hand import Hand
from gui.canvas.neurons.unfolded import Place, why_not
from gui.canvas.neurons.web import Web
from gui.document import Document, Focus, State
from gui.elided import ElidedLabel
from gui.figures import READABLE_MS
from gui.plots.color_bar import ColorBar
from gui.plots.empty import EmptyOr
from gui.plots.reading import ReadingLabel
from gui.words import mark, tr

HOW = mark("Double-click a link or a neuron to change its value")
_LEAVE_ALONE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class NeuronView(QFrame):
    """Covers the canvas while a layer is unfolded, and follows what is selected."""

    least_ms: ClassVar[int] = READABLE_MS
    wanted_changed = Signal()

    def __init__(self, document: Document, editor: Editor, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._document, self._editor, self._canvas = document, editor, canvas
        self._node: Node | None = None
        self._arrays = Arrays(document)
        self.web = Web()
        self.hand = Hand(document, self.web)
        self.bar = ColorBar()
        self.title = ElidedLabel()
        self.origin = QLabel()
        self.reading = ReadingLabel()
        self.body = EmptyOr(self._content())
        self._before = self._button(tr("The layer before (Page Up)"), lambda: self._step(-1))
        self._behind = self._button(tr("The layer behind (Page Down)"), lambda: self._step(1))
        self._close = self._button(tr("Fold the layer (Escape)"), self.fold)
        self._arrange()
        self._connect()
        self.hide()

    # ── unfolding ───────────────────────────────────────────────────────────────────────────

    @Slot()
    def toggle(self) -> None:
        """Unfolds the selected layer, or folds the one unfolded."""
        chosen = self._chosen()
        if self.isVisible():
            self.fold()
        elif chosen is not None:
            self.unfold(chosen)

    def unfold(self, node: Node) -> None:
        """Shows that layer's neurons over the canvas."""
        self._look_at(node)
        self.setGeometry(self._canvas.rect())
        self.raise_()
        self.show()
        self.web.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> None:
        """Back to the canvas."""
        self._node = None
        self.web.show_layer(None)
        self.hide()
        self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted(self) -> frozenset[Wanted]:
        """What a training should measure: this layer's weights, while they are seen."""
        if self._node is None or not self.isVisible():
            return frozenset()
        return frozenset({Wanted(PROBE, self._node.id)})

    def show_events(self, events: Sequence[Event]) -> None:
        """What the trainer said."""
        if self._node is not None and self._arrays.take_in(events, self._node.id):
            self._refresh()

    def clear(self) -> None:
        """Another run begins, or its weights have been given up."""
        self._arrays.forget()
        self.web.limit.forget()
        self._refresh()

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _content(self) -> QWidget:
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.web, 1)
        row.addWidget(self.bar)
        return content

    def _button(self, tip: str, call: object) -> QToolButton:
        button = QToolButton()
        button.setAutoRaise(True)
        button.setFixedSize(theme.CONTROL_HEIGHT, theme.CONTROL_HEIGHT)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.clicked.connect(call)
        return button

    def _arrange(self) -> None:
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(tr("Neurons of a layer"))
        theme.set_font(self.title, "strong")
        self._hint = hint = QLabel(tr(HOW))
        hint.setToolTip(tr("Or walk along the weights with the arrows, and press Enter"))
        for label in (self.origin, hint):
            label.setProperty("role", "muted")
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        for widget in (self._before, self._behind):
            header.addWidget(widget)
        header.addWidget(self.title, 2)
        header.addWidget(self.reading, 3)
        header.addWidget(self._close)
        footer = QHBoxLayout()
        footer.addWidget(self.origin)
        footer.addStretch()
        footer.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_M, theme.SPACE_S)
        column.setSpacing(theme.SPACE_S)
        column.addLayout(header)
        column.addWidget(self.body, 1)
        column.addLayout(footer)
        self._paint_icons()

    def _connect(self) -> None:
        document = self._document
        document.document_changed.connect(self._follow_document)
        document.facts_changed.connect(self._refresh)
        document.focus_changed.connect(self._follow_focus)
        document.replaced.connect(self._follow_other)
        self.web.pointed_at.connect(self._read)
        self.web.limit_changed.connect(self.bar.show_limit)
        theme.notifier.theme_changed.connect(self._paint_icons)

    def _paint_icons(self) -> None:
        names = {self._before: "arrow-left", self._behind: "arrow-right", self._close: "x"}
        for button, name in names.items():
            button.setIcon(theme.icon(name))
        self.bar.update()

    # ── following the document ──────────────────────────────────────────────────────────────

    def _follow_document(self, before: State, after: State) -> None:
        if before.trained is not after.trained:
            self._arrays.forget()
        if self._node is None:
            return
        old, new = before.project, after.project
        if not new.design.has(self._node.id):
            self.fold()
        elif (
            old.design is not new.design
            or old.training is not new.training
            or before.trained is not after.trained
        ):
            self._node = new.design.node(self._node.id)
            self._refresh()

    def _follow_focus(self, focus: Focus) -> None:
        chosen = self._chosen()
        if self._node is not None and chosen is not None and chosen.id != self._node.id:
            self._look_at(chosen)
            self.wanted_changed.emit()

    def _look_at(self, node: Node) -> None:
        """Shows that layer from now on; the keyboard stays where it is."""
        self._node = node
        self.hand.layer = node.id
        self.setAccessibleDescription(node.name)
        self._refresh()

    def _follow_other(self) -> None:
        if self._node is not None:
            self.fold()

    def _chosen(self) -> Node | None:
        """The first of the selected layers that has neurons with links, else the first."""
        document = self._document
        chosen = [document.project.design.node(each) for each in document.focus.layers]
        return next((each for each in chosen if not why_not(document.walk, each)), None) or next(
            iter(chosen), None
        )

    def _step(self, by: int) -> None:
        """On to the layer before or behind."""
        design = self._document.project.design
        if self._node is None:
            return
        order = design.order
        at = order.index(self._node.id) + by if self._node.id in order else 0
        if 0 <= at < len(order):
            self._editor.focus((order[at],))

    def _refresh(self) -> None:
        node = self._node
        if node is None or not self.isVisible():
            return
        self.title.setText(tr("Neurons of {name}", name=node.name))
        reason = why_not(self._document.walk, node)
        self._hint.setVisible(not reason)
        if reason:
            self.web.show_layer(None)
            self.origin.setText("")
            self.body.show_sentence(reason)
            return
        unfolded = self._arrays.unfolded(node)
        self.web.show_layer(unfolded)
        self.origin.setText(self._arrays.origin(node))
        self.body.show_content()

    def _read(self, place: Place | None) -> None:
        shown = self.web.unfolded
        sentence = shown.sentence(place) if place and shown else ""
        if sentence != self.reading.sentence:
            self.reading.say(sentence)
            self.web.setAccessibleDescription(sentence)

    # ── keys and events ─────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Keys of the canvas beneath, such as Delete, are not meant while it is covered."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & _LEAVE_ALONE
            if plain and event.key() in _SHIELDED:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape folds, Page Up and Page Down go to other layers; no key reaches the canvas."""
        if event.key() == Qt.Key.Key_Escape:
            self.fold()
        elif event.key() == Qt.Key.Key_PageUp:
            self._step(-1)
        elif event.key() == Qt.Key.Key_PageDown:
            self._step(1)
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wanted_changed.emit()
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wanted_changed.emit()


_Key = Qt.Key
_SHIELDED = {_Key.Key_Delete, _Key.Key_Backspace, _Key.Key_F, _Key.Key_F2, _Key.Key_Insert}
