"""Where the network draws its borders: what it says over two columns, live, with the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.events import Event, Measured
from engine.probes.section import Section
from gui import theme
from gui.document import Focus
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import data_value, number, percent
from gui.panels.base import Area, Panel
from gui.plots.axes import Limits
from gui.plots.empty import EmptyOr
from gui.plots.key import Key, Sign
from gui.plots.scale_bar import ScaleBar
from gui.plots.section_view import Scale, SectionView
from gui.requests import ChangeFocus
from gui.slim_box import slim_box
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import State

PROBE = "boundary"
APART = 0.5  # seconds from one measurement to the next
EMPTY = mark("Appears with the first batch")


class BoundaryPanel(Panel):
    """One or two columns vary, the others are held at their mean or at the row that is chosen."""

    title: ClassVar[str] = mark("Boundary")
    name: ClassVar[str] = "boundary"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 1
    opens: ClassVar[bool] = False
    least_ms: ClassVar[int] = 300

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: DataFacts | None = None
        self._has_weights = False
        self._focus = Focus()
        self._section = Section()
        self._arrays: Mapping[str, np.ndarray] = {}
        self._limits = Limits(logarithmic=False)
        self._build()
        self.clear()

    # ── what it is shown ────────────────────────────────────────────────────────────────────

    def measurements(self) -> frozenset[Wanted]:
        return frozenset({Wanted(PROBE, setting=self._section, apart=APART)})

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        other = self._facts is not None and facts is not self._facts
        gone = state.trained is None and self._has_weights
        self._facts, self._has_weights = facts, state.trained is not None
        if other:
            self._look_at(Section())
        if other or gone:
            self.clear()

    def show_focus(self, focus: Focus) -> None:
        self._focus = focus
        row = focus.rows[0] if focus.rows else None
        self.view.show_row(row)
        self._offer_places()
        if self.at_row.currentIndex() == 1:
            self._look_at(replace(self._section, row=row))

    def show_events(self, events: Sequence[Event]) -> None:
        mine = [
            each
            for each in events
            if isinstance(each, Measured) and each.name == PROBE and each.setting == self._section
        ]
        if mine and mine[-1].arrays:
            self._show(mine[-1].arrays)

    def clear(self) -> None:
        self._arrays = {}
        self._limits = Limits(logarithmic=False)
        self.view.forget_limits()
        self.body.show_sentence(tr(EMPTY))

    def apply_theme(self) -> None:
        self.view.apply_theme()
        self.bar.update()
        self.key.update()

    def tables(self) -> Sequence[FigureTable]:
        if not self._arrays:
            return ()
        return (self._surface_table(), self._points_table())

    # ── building ────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        self.across = self._choice(tr("Column across"))
        self.up = self._choice(tr("Column upwards"))
        self.output = self._choice(tr("What is shown"))
        self.at_row = self._choice(tr("Where the other columns are held"))
        self.view, self.bar, self.key = SectionView(), ScaleBar(), Key()
        self.view.setAccessibleName(tr("Decision boundary"))
        self.view.pointed_at.connect(self._read)
        self.view.row_chosen.connect(self._choose_row)
        self.reading = ElidedLabel()
        self.reading.setProperty("role", "muted")
        self.body = EmptyOr(self._content())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.body)
        self._offer_places()

    def _choice(self, tip: str) -> QComboBox:
        box = slim_box(tip)
        box.activated.connect(self._choose)
        return box

    def _content(self) -> QWidget:
        content = QWidget()
        choices = QHBoxLayout()
        choices.setSpacing(theme.SPACE_XS)
        for box in (self.across, self.up, self.output, self.at_row):
            choices.addWidget(box, 1)
        words = QHBoxLayout()
        words.setSpacing(theme.SPACE_M)
        words.addWidget(self.key, 1)
        words.addWidget(self.reading, 1)
        picture = QHBoxLayout()
        picture.setSpacing(0)
        picture.addWidget(self.view, 1)
        picture.addWidget(self.bar)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_S, theme.SPACE_S, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(choices)
        layout.addLayout(words)
        layout.addLayout(picture, 1)
        return content

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    def _choose(self, _: int) -> None:
        """What the person has chosen in the boxes."""
        columns = self.across.currentData(), self.up.currentData()
        row = self._focus.rows[0] if self._focus.rows else None
        self.view.forget_limits()
        self._limits = Limits(logarithmic=False)
        self._look_at(
            replace(
                self._section,
                features=tuple(name for name in columns if name),
                output=self.output.currentData(),
                row=row if self.at_row.currentIndex() == 1 else None,
            )
        )

    def _look_at(self, section: Section) -> None:
        if section != self._section:
            self._section = section
            self.wanted_changed.emit()

    def _choose_row(self, row: int) -> None:
        self.requested.emit(ChangeFocus(replace(self._focus, rows=(row,))))

    def _offer_columns(self) -> None:
        names = [str(each) for each in self._arrays["names"]]
        features = [str(each) for each in self._arrays["features"]]
        nothing = tr("– (a curve)")
        _fill(self.across, [(name, name) for name in names], features[0])
        _fill(
            self.up,
            [(nothing, ""), *((name, name) for name in names)],
            features[1] if len(features) == 2 else "",
        )
        self.across.setVisible(len(names) > 1)
        self.up.setVisible(len(names) > 1)
        self.at_row.setVisible(len(names) > len(features))

    def _offer_outputs(self) -> None:
        facts = self._facts
        offered: list[tuple[str, Any]] = []
        if facts is not None and facts.task == "classification":
            if "y" in self._arrays:
                offered.append((tr("Classes"), None))
            offered += [
                (tr("Probability of {name}", name=name), place)
                for place, name in enumerate(facts.classes)
            ]
        elif facts is not None and facts.task == "multilabel":
            offered = [(name, place) for place, name in enumerate(facts.classes)]
        elif facts is not None:
            offered = [
                (tr("Target {number}", number=place + 1), place) for place in range(facts.targets)
            ]
        _fill(self.output, offered, self._section.output)
        self.output.setVisible(len(offered) > 1)

    def _offer_places(self) -> None:
        focus = self._focus
        row = tr("Others: row {row}", row=f"{focus.rows[0] + 1:,}") if focus.rows else ""
        kept = 1 if self._section.row is not None else 0
        offered = [(tr("Others: mean"), 0), (row or tr("Others: chosen row"), 1)]
        _fill(self.at_row, offered, kept)

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def _show(self, arrays: Mapping[str, np.ndarray]) -> None:
        if "y" not in arrays and "winner" in arrays:
            # Over one column, the probability of the last class: of two, the one that 1 stands for.
            last = len(self._facts.classes) - 1 if self._facts else 1
            self._look_at(replace(self._section, output=last))
            return
        self._arrays = arrays
        self._offer_columns()
        self._offer_outputs()
        scale = self._scale()
        self.view.show_section(arrays, scale, self._quantity())
        self.bar.setVisible("y" in arrays and not scale.classes)
        self.bar.show_range(scale.low, scale.high)
        self.key.show_signs(self._signs(scale))
        self.body.show_content()
        self._read(None)

    def _scale(self) -> Scale:
        if "winner" in self._arrays:
            return Scale(len(self._facts.classes) if self._facts else 2)
        if self._facts is None or self._facts.task != "regression":
            return Scale(0, 0.0, 1.0)
        seen = (self._arrays["values"].ravel(), self._arrays["truth"])
        low, high = self._limits.widen(np.concatenate(seen)) or (0.0, 1.0)
        return Scale(0, low, high)

    def _signs(self, scale: Scale) -> list[Sign]:
        names = self._facts.classes[: scale.classes] if self._facts else ()
        signs = [Sign(name, class_=place) for place, name in enumerate(names)]
        signs.append(Sign(tr("training")))
        if self._arrays["validation"].any():
            signs.append(Sign(tr("validation"), hollow=True))
        return signs

    def _quantity(self) -> str:
        """What a curve or a shade stands for."""
        facts, output = self._facts, self._section.output or 0
        if facts is None:
            return ""
        if facts.task == "regression":
            more = f" {output + 1}" if facts.targets > 1 else ""
            return f"{facts.target_name}{more}"
        return tr("probability of {name}", name=facts.classes[output])

    def _read(self, at: QPointF | None) -> None:
        """Says what the network says at the pointer; without one, what is held where."""
        self.reading.setText(self._sentence(at) if at is not None else self._held())

    def _held(self) -> str:
        names, features = self._arrays["names"], self._arrays["features"]
        rest = len(names) - len(features)
        if not rest:
            return ""
        row = self._section.row
        if row is None:
            return tr("%n other columns at their mean", rest)
        return tr("%n other columns as in row {row}", rest, row=f"{row + 1:,}")

    def _sentence(self, at: QPointF) -> str:
        if not self._arrays:
            return ""
        down, across = self.view.place(at)
        places = [self._place("x", across)]
        if "y" in self._arrays:
            places.append(self._place("y", down))
        return f"{', '.join(places)}: {self._said(down, across)}"

    def _place(self, axis: str, place: int) -> str:
        name = self._arrays["features"]["xy".index(axis)]
        names = self._arrays[f"{axis}_categories"]
        value = float(self._arrays[axis][place])
        return f"{name} {names[place] if len(names) else number(value)}"

    def _said(self, down: int, across: int) -> str:
        value = float(self._arrays["values"][down, across])
        facts = self._facts
        if "winner" in self._arrays:
            winner = int(self._arrays["winner"][down, across])
            name = facts.classes[winner] if facts else str(winner)
            return f"{name}, {percent(value)}"
        if facts is not None and facts.task == "regression":
            return f"{self._quantity()} {data_value(float(f'{value:.4g}'))}"
        return f"{self._quantity()} {percent(value)}"

    # ── figures ─────────────────────────────────────────────────────────────────────────────

    def _surface_table(self) -> FigureTable:
        arrays = self._arrays
        features = [str(each) for each in arrays["features"]]
        lines = arrays["y"] if "y" in arrays else np.zeros(1)
        rows = [
            [*([x, y][: len(features)]), *([self._class_name(down, place)]), value]
            for down, y in enumerate(lines.tolist())
            for place, (x, value) in enumerate(
                zip(arrays["x"].tolist(), arrays["values"][down].tolist(), strict=True)
            )
        ]
        quantity = tr("probability") if "winner" in arrays else self._quantity()
        return FigureTable(tr("Surface"), (*features, tr("class"), quantity), rows)

    def _class_name(self, down: int, across: int) -> str:
        if "winner" not in self._arrays or self._facts is None:
            return ""
        return self._facts.classes[int(self._arrays["winner"][down, across])]

    def _points_table(self) -> FigureTable:
        arrays = self._arrays
        header = (tr("row"), tr("part"), "x", "y", tr("actual"))
        parts = np.where(arrays["validation"], "validation", "training")
        rows = zip(
            (arrays["row"] + 1).tolist(),
            parts.tolist(),
            *arrays["points"].T.tolist(),
            arrays["truth"].tolist(),
            strict=True,
        )
        return FigureTable(tr("Rows"), header, [list(row) for row in rows])


def _fill(box: QComboBox, offered: Sequence[tuple[str, Any]], chosen: Any) -> None:
    """Offers these, unless it does already, with this one chosen."""
    if [(box.itemText(each), box.itemData(each)) for each in range(box.count())] != list(offered):
        box.clear()
        for text, data in offered:
            box.addItem(text, data)
    place = next((place for place, each in enumerate(offered) if each[1] == chosen), 0)
    box.setCurrentIndex(place)
