"""Two classes: curves over every threshold, and the one that decides, chosen by hand or by cost."""

from collections.abc import Callable, Sequence
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from engine.data.dataset import DataFacts
from engine.judgement.ranking import Counts, Ranking
from gui import theme
from gui.figure_table import FigureTable
from gui.figures import number, percent
from gui.panels.base import Area
from gui.panels.judging import JudgingPanel
from gui.plots.threshold_plot import KINDS, ThresholdPlot
from gui.words import mark, tr

STEPS = 1_000  # of the slider
ROOM_FOR_TWO = 600  # pixels; below that one plot stands alone
ON_TEST = mark("A threshold is chosen on validation rows, never on the test rows")


class ThresholdPanel(JudgingPanel):
    """The slider moves every number of every panel; the threshold is kept in the project."""

    title: ClassVar[str] = mark("Threshold")
    name: ClassVar[str] = "threshold"
    area: ClassVar[Area] = "bottom-right"
    order: ClassVar[int] = 3
    opens: ClassVar[bool] = False
    least_ms: ClassVar[int] = 500

    @classmethod
    def relevant(cls, facts: DataFacts | None) -> bool:
        return facts is not None and facts.task == "classification" and len(facts.classes) == 2

    # ── building ────────────────────────────────────────────────────────────────────────────

    def content(self) -> QWidget:
        self.reading = QLabel(wordWrap=True)
        self.plots = (ThresholdPlot(KINDS[0]), ThresholdPlot(KINDS[1]))
        self.plots[1].hide()
        self._make_controls()
        content, header, plots = QWidget(), QHBoxLayout(), QHBoxLayout()
        header.addWidget(self.reading, 1)
        header.addWidget(self.part_button)
        plots.setSpacing(theme.SPACE_M)
        for plot in self.plots:
            plots.addWidget(plot, 1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(theme.SPACE_M, theme.SPACE_XS, theme.SPACE_M, theme.SPACE_S)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addLayout(plots, 1)
        layout.addLayout(
            _row(tr("Positive"), self.positive, self.slider, self.spin, self.even_button)
        )
        costs = self.costs
        layout.addLayout(
            _row(
                *(tr("Cost of FP"), costs["false_positive"]),
                *(tr("FN"), costs["false_negative"], self.cheapest_button),
            )
        )
        return content

    def _make_controls(self) -> None:
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setMaximum(STEPS)
        self.slider.setMinimumWidth(theme.scaled(40))
        self.slider.setAccessibleName(tr("Threshold, in thousandths"))
        self.slider.valueChanged.connect(lambda value: self._choose(value / STEPS))
        self.spin = QDoubleSpinBox(maximum=1.0, singleStep=0.01, decimals=4)
        self.spin.setAccessibleName(tr("Threshold"))
        self.spin.setKeyboardTracking(False)
        self.spin.setFixedWidth(theme.scaled(84))
        self.spin.valueChanged.connect(self._choose)
        self.even_button = QPushButton(tr("½"))
        self.even_button.setFixedWidth(theme.scaled(48))
        self.even_button.setToolTip(tr("Back to one half: the more probable class"))
        self.even_button.setAccessibleName(self.even_button.toolTip())
        self.even_button.clicked.connect(lambda: self._choose(0.5))
        self.positive = QComboBox()
        self.positive.setAccessibleName(tr("Positive class"))
        self.positive.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.positive.setMinimumWidth(theme.scaled(108))
        self.positive.setMaximumWidth(theme.scaled(140))
        self.positive.activated.connect(lambda _: self._choose_positive())
        self.costs = {name: self._cost(name) for name in ("false_positive", "false_negative")}
        self.cheapest_button = QPushButton(tr("Cheapest"))
        self.cheapest_button.setToolTip(tr("Choose the threshold at which the mistakes cost least"))
        self.cheapest_button.clicked.connect(self._choose_cheapest)

    def _cost(self, name: str) -> QDoubleSpinBox:
        box = QDoubleSpinBox(maximum=1e6, decimals=2)
        box.setFixedWidth(theme.scaled(88))
        box.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        box.setAccessibleName(tr("Cost of a {mistake}", mistake=name.replace("_", " ")))
        box.setToolTip(box.accessibleName())
        box.setKeyboardTracking(False)
        box.valueChanged.connect(
            lambda value: self.ask(
                tr("Change what mistakes cost"), f"judgement.{name}", **{name: value}
            )
        )
        return box

    # ── choosing ────────────────────────────────────────────────────────────────────────────

    def _choose(self, threshold: float) -> None:
        self.ask(tr("Change the threshold"), "judgement.threshold", threshold=threshold)

    def _choose_positive(self) -> None:
        """The threshold turns with the class, so that no row is decided otherwise."""
        name = self.positive.currentText()
        if self.judged and name != self.judged.classes[self._positive]:
            turned = round(1 - self.judgement.threshold, 12)
            self.ask(tr("Change the positive class"), positive=name, threshold=turned)

    def _choose_cheapest(self) -> None:
        ranking = self._ranking
        if ranking is not None:
            costs = self.judgement.false_positive, self.judgement.false_negative
            self.ask(tr("Choose the cheapest threshold"), threshold=ranking.cheapest(*costs))

    # ── drawing ─────────────────────────────────────────────────────────────────────────────

    @property
    def _positive(self) -> int:
        return self.judgement.positive_of(self.judged.classes if self.judged else ())

    @property
    def _ranking(self) -> Ranking | None:
        if self.judged is None or len(self.judged.classes) != 2:
            return None
        return self.judged.rankings[self._positive]

    def draw(self) -> None:
        ranking, judged = self._ranking, self.judged
        if ranking is None or judged is None:
            return
        self._show_controls(judged.classes)
        counts = ranking.at(self.judgement.threshold)
        self._say(counts, len(judged.rows))
        for plot in self.plots:
            if not plot.isHidden():
                plot.show_ranking(ranking, counts, self.judgement)

    def _show_controls(self, classes: tuple[str, ...]) -> None:
        judgement, editable = self.judgement, self.measured_part != "test"
        values: tuple[tuple[QWidget, Callable[[], object]], ...] = (
            (self.slider, lambda: self.slider.setValue(round(judgement.threshold * STEPS))),
            (self.spin, lambda: self.spin.setValue(judgement.threshold)),
            (self.positive, lambda: self._show_classes(classes)),
            *(
                (box, lambda box=box, name=name: box.setValue(getattr(judgement, name)))
                for name, box in self.costs.items()
            ),
        )
        for widget, show in values:
            widget.blockSignals(True)
            show()
            widget.blockSignals(False)
        for widget in (self.slider, self.spin, self.even_button, self.cheapest_button):
            widget.setEnabled(editable)
            if widget in (self.slider, self.spin):
                widget.setToolTip("" if editable else tr(ON_TEST))

    def _show_classes(self, classes: tuple[str, ...]) -> None:
        if [self.positive.itemText(n) for n in range(self.positive.count())] != list(classes):
            self.positive.clear()
            self.positive.addItems(classes)
        self.positive.setCurrentIndex(self._positive)

    def _say(self, counts: Counts, rows: int) -> None:
        cost = counts.cost(self.judgement.false_positive, self.judgement.false_negative)
        majority = max(counts.tp + counts.fn, counts.fp + counts.tn) / max(1, counts.rows)
        said = (
            tr("recall {share}", share=_of(counts.recall, counts.tp, counts.tp + counts.fn)),
            tr("precision {share}", share=_of(counts.precision, counts.tp, counts.tp + counts.fp)),
            f"F1 {number(counts.f1)}",
            tr("cost {cost}", cost=number(cost)),
            tr(
                "accuracy {share} (majority {majority})",
                share=percent(counts.accuracy),
                majority=percent(majority),
            ),
            self.rows_words(rows),
        )
        self.reading.setText(" · ".join(said))

    def apply_theme(self) -> None:
        for plot in self.plots:
            plot.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        ranking = self._ranking
        if ranking is None:
            return ()
        thresholds = np.linspace(0, 1, 101)
        costs = self.judgement.false_positive, self.judgement.false_negative
        rows = [
            (t, c.tp, c.fp, c.fn, c.tn, c.precision, c.recall, c.f1, c.accuracy, c.cost(*costs))
            for t, c in ((float(t), ranking.at(float(t))) for t in thresholds)
        ]
        names = ("threshold", "TP", "FP", "FN", "TN", "precision", "recall", "F1", "accuracy")
        return (FigureTable(tr("Threshold"), (*names, "cost"), rows),)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOM_FOR_TWO
        if roomy == self.plots[1].isHidden():
            self.plots[1].setVisible(roomy)
            self.draw()


def _of(share: float, part: int, whole: int) -> str:
    return f"{percent(share)} ({part:,} / {whole:,})"


def _row(*parts: str | QWidget) -> QHBoxLayout:
    """Words and editors beside each other; a slider takes the room that is left."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_S)
    for part in parts:
        row.addWidget(QLabel(part) if isinstance(part, str) else part)
    if not any(isinstance(part, QSlider) for part in parts):
        row.addStretch()
    return row
