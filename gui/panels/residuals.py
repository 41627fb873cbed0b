"""Where predicted numbers go wrong: residuals against predicted and by feature; their spread."""

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.control import Wanted
from engine.data.dataset import DataFacts
from engine.data.fitted import CategoryColumn
from engine.judgement.numbers import histogram, residuals, target_names
from gui import theme
from gui.elided import ElidedLabel
from gui.figure_table import FigureTable
from gui.figures import number
from gui.panels.base import Area
from gui.panels.judging import JudgingPanel
from gui.plots.axes import Limits
from gui.plots.histogram import Bins, Histogram
from gui.plots.scatter import Scatter
from gui.words import mark, tr

FEATURE = "feature"
DRAWN = 5_000  # points
ROOM_FOR_ALL = 600  # pixels; below that one plot stands alone
KINDS = (mark("Against predicted"), mark("By feature"), mark("Histogram"))


class ResidualsPanel(JudgingPanel):
    """Above zero the prediction is too low; all in the target's own units."""

    title: ClassVar[str] = mark("Residuals")
    name: ClassVar[str] = "residuals"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 4
    opens: ClassVar[bool] = False
    least_ms: ClassVar[int] = 500
    probes: ClassVar[tuple[str, ...]] = ("judgement", FEATURE)

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:
        return facts is not None and facts.task == "regression"

    def measurements(self) -> frozenset[Wanted]:
        judged, column = frozenset(super().measurements()), self.features.currentText()
        rows = frozenset(each for each in judged if each.probe != FEATURE)
        setting = next((each.setting for each in rows), None)
        return rows | {Wanted(FEATURE, column, setting)} if column else rows

    # ── building ────────────────────────────────────────────────────────────────────────────

    def content(self) -> QWidget:
        self.reading = ElidedLabel()
        self.kinds, self.features, self.targets = QComboBox(), QComboBox(), QComboBox()
        self.kinds.addItems([tr(kind) for kind in KINDS])
        names = (tr("Which plot is shown"), tr("The feature below"), tr("Which target"))
        for box, name in zip((self.kinds, self.features, self.targets), names, strict=True):
            box.setAccessibleName(name)
            box.setToolTip(name)
        for box in (self.kinds, self.features):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(9)
        self.kinds.currentIndexChanged.connect(lambda _: self._make_room())
        self.features.activated.connect(lambda _: self.wanted_changed.emit())
        self.targets.activated.connect(lambda _: self._draw_anew())
        self.against, self.by_feature = Scatter(around_zero=True), Scatter(around_zero=True)
        self.spread = Histogram()
        self.plots = (self.against, self.by_feature, self.spread)
        self._forget_limits()
        return self._arranged()

    def _arranged(self) -> QWidget:
        content, header, plots = QWidget(), QHBoxLayout(), QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.reading, 1)
        for box in (self.targets, self.kinds, self.features, self.part_button):
            header.addWidget(box)
        plots.setSpacing(theme.SPACE_M)
        for plot in self.plots:
            plots.addWidget(plot, 1)
        for widget in (*self.plots[1:], self.targets, self.features):
            widget.hide()  # until it is known how much room there is
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addLayout(plots, 1)
        return content

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    def show_state(self, state: Any, facts: DataFacts | None) -> None:
        super().show_state(state, facts)
        trained = state.trained
        names = [each.name for each in trained.preprocessing.used] if trained else []
        if names and names != [self.features.itemText(n) for n in range(self.features.count())]:
            self.features.clear()
            self.features.addItems(names)
            self.wanted_changed.emit()

    def draw(self) -> None:
        if self.judged is None:
            return
        self._show_targets(self.judged.truth.shape[1])
        place, name = max(0, self.targets.currentIndex()), self.targets.currentText()
        actual, predicted = self.judged.truth[:, place], self.judged.outputs[:, place]
        errors = residuals(actual, predicted)
        self._scatter(self.against, 0, predicted, errors, tr("predicted {name}", name=name))
        counts, edges = histogram(errors)
        self.spread.show_labels(tr("residual of {name}", name=name), tr("rows"))
        self.spread.show_bins([Bins(name, edges, counts)])
        self._draw_feature(place)
        said = tr("half are within ±{median}", median=number(float(np.median(np.abs(errors)))))
        self.reading.setText(f"{self.rows_words(len(errors))} · {said}")

    def _draw_feature(self, target: int) -> None:
        event = self.found.get(FEATURE)
        if event is None or event.layer != self.features.currentText():
            return
        truth, outputs = event.arrays["truth"], event.arrays["outputs"]
        errors = residuals(truth[:, target], outputs[:, target])
        self._scatter(self.by_feature, 1, event.arrays["values"], errors, self._feature_words())

    def _scatter(
        self, plot: Scatter, number_: int, x: np.ndarray, errors: np.ndarray, words: str
    ) -> None:
        every = max(1, -(-len(x) // DRAWN))
        across, up = self._limits[number_]
        plot.show_labels(tr("residual"), words)
        plot.show_range(across.widen(x), up.widen(errors))
        plot.show_points(x[::every], errors[::every])

    def _feature_words(self) -> str:
        """The column's name; of categories with the places that they have on the axis."""
        name = self.features.currentText()
        used = self._trained.preprocessing.used if self._trained else ()
        for column in used:
            if column.name == name and isinstance(column, CategoryColumn):
                said = ", ".join(f"{n} {each}" for n, each in enumerate(column.categories[:8]))
                return f"{name}: {said}"
        return name

    def _show_targets(self, count: int) -> None:
        names = target_names(self.facts.target_name if self.facts else "", count)
        if [self.targets.itemText(n) for n in range(self.targets.count())] != list(names):
            self.targets.clear()
            self.targets.addItems(names)
        self.targets.setVisible(count > 1)

    def _draw_anew(self) -> None:
        self._forget_limits()
        self.draw()

    def _forget_limits(self) -> None:
        self._limits = [(Limits(logarithmic=False), Limits(logarithmic=False)) for _ in range(2)]
        self.spread.forget_limits()

    def clear(self) -> None:
        super().clear()
        self._forget_limits()

    def apply_theme(self) -> None:
        for plot in self.plots:
            plot.apply_theme()

    def _make_room(self) -> None:
        """All plots where there is room for them, else the one that is chosen."""
        alone = self.width() < ROOM_FOR_ALL
        self.kinds.setVisible(alone)
        for place, plot in enumerate(self.plots):
            plot.setVisible(not alone or place == self.kinds.currentIndex())
        self.features.setVisible(self.by_feature.isVisibleTo(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def tables(self) -> Sequence[FigureTable]:
        if self.judged is None:
            return ()
        names = target_names(
            self.facts.target_name if self.facts else "y", self.judged.truth.shape[1]
        )
        errors = residuals(self.judged.truth, self.judged.outputs)
        kinds = (("predicted", self.judged.outputs), ("residual", errors))
        header = (tr("row"), *(f"{kind} {name}" for kind, _ in kinds for name in names))
        columns = (self.judged.rows + 1, *(column for _, table in kinds for column in table.T))
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        return (FigureTable(tr("Residuals"), header, rows),)
