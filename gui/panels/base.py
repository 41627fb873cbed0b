"""What every panel is: a title, a place, what it wants measured, and what it can be shown."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from PySide6.QtCore import Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts, Prepared
from engine.data.inspection import ColumnSummary
from engine.events import Event
from gui.figure_table import FigureTable

if TYPE_CHECKING:
    from engine.judging import Part
    from gui.document import Focus, State

Area = Literal["left", "right", "bottom", "bottom-right"]


class Panel(QWidget):
    """The contents of one dock. A panel knows values and events, and no other panel.

    Subclasses override what concerns them; each method does nothing here. `requested` carries
    a value of `gui.requests`, which the main window acts on.
    """

    title: ClassVar[str] = ""
    name: ClassVar[str] = ""
    area: ClassVar[Area] = "bottom"
    order: ClassVar[int] = 0
    opens: ClassVar[bool] = True  # whether it is shown in a new window, or only once asked for
    least_ms: ClassVar[int] = 50  # between two calls of `show_events` while training runs

    requested = Signal(object)
    wanted_changed = Signal()

    def measurements(self) -> frozenset[Wanted]:
        """What this panel draws from, as long as somebody looks at it."""
        return frozenset()

    def wanted(self) -> frozenset[Wanted]:
        """What the trainer should measure for this panel now: nothing while it is hidden."""
        return self.measurements() if self.isVisible() else frozenset()

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:  # noqa: ARG003 - for subclasses
        """Whether the panel has anything to say about such data; the window shows it if so."""
        return True

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        """Shows the document; called after every change of it or of its data's facts."""

    def show_rows(self, prepared: Prepared | None) -> None:
        """Shows the rows themselves, once they are loaded; None while they are not at hand."""

    def show_columns(self, columns: Sequence[ColumnSummary]) -> None:
        """Shows how the columns of a person's own table look, once it has been read."""

    def show_focus(self, focus: "Focus") -> None:
        """Shows what the person is looking at: layers, rows, a class."""

    def show_part(self, part: "Part") -> None:
        """Judges this part of the rows from now on."""

    def show_events(self, events: Sequence[Event]) -> None:
        """Shows what the trainer said since the last call, oldest first."""

    def show_locked(self, locked: bool) -> None:
        """Training has begun or ended: meanwhile design and data cannot be edited."""

    def clear(self) -> None:
        """Forgets the last run, because a new one begins."""

    def apply_theme(self) -> None:
        """Takes the colours of the theme that is now in force."""

    def tables(self) -> Sequence[FigureTable]:
        """The figures behind what is shown, to be copied and saved; none where there are none."""
        return ()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offers to copy and to save what is shown."""
        from gui import panel_copy

        menu = panel_copy.menu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.wanted_changed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.wanted_changed.emit()
