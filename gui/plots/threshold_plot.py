"""One picture of every threshold, with the place of the one in force: ROC, lift, calibration, …"""

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from engine.judgement.kept import Judgement
from engine.judgement.ranking import Counts, Curve, Ranking
from gui import theme
from gui.figures import number, percent
from gui.plots.line_plot import LinePlot
from gui.plots.lines import Dot, Line, Mark
from gui.plots.reading import ReadingLabel
from gui.words import mark, tr

KINDS = ("roc", "precision_recall", "lift", "calibration", "costs")
NAMES = {
    "roc": mark("ROC"),
    "precision_recall": mark("Precision, recall"),
    "lift": mark("Lift"),
    "calibration": mark("Calibration"),
    "costs": mark("Cost"),
}
LABELS = {
    "roc": (mark("false positive rate"), mark("recall")),
    "precision_recall": (mark("recall"), mark("precision")),
    "lift": (mark("share of rows taken"), mark("lift")),
    "calibration": (mark("predicted probability"), mark("share that is positive")),
    "costs": (mark("threshold"), mark("cost")),
}
SHARE = (-0.02, 1.02)  # a dot at an end is seen whole
FAIR = np.array([0.0, 1.0])


class ThresholdPlot(QWidget):
    """The kind of picture is chosen in its header."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._last: tuple[Ranking, Counts, Judgement] | None = None
        self.kinds, self.reading = QComboBox(), ReadingLabel()
        for each in KINDS:
            self.kinds.addItem(tr(NAMES[each]), each)
        self.kinds.setAccessibleName(tr("What is drawn over all thresholds"))
        self.kinds.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.kinds.setMinimumContentsLength(9)
        self.kinds.setCurrentIndex(KINDS.index(kind))
        self.kinds.currentIndexChanged.connect(lambda _: self._draw(anew=True))
        self.plot = LinePlot()
        self.plot.layout().setContentsMargins(0, 0, 0, 0)  # pyright: ignore[reportOptionalMemberAccess]
        self.plot.legend.hide()
        header = QHBoxLayout()
        header.setSpacing(theme.SPACE_S)
        header.addWidget(self.kinds)
        header.addWidget(self.reading, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addLayout(header)
        layout.addWidget(self.plot, 1)

    @property
    def kind(self) -> str:
        """What is drawn now."""
        return self.kinds.currentData()

    def show_ranking(self, ranking: Ranking, counts: Counts, judgement: Judgement) -> None:
        """Draws every threshold, and where the one in force stands."""
        self._last = ranking, counts, judgement
        self._draw()

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.plot.apply_theme()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _draw(self, *, anew: bool = False) -> None:
        across, up = LABELS[self.kind]
        self.plot.set_labels(tr(across), tr(up))
        self.plot.view.setAccessibleName(tr(NAMES[self.kind]))
        if anew:
            self.plot.forget_limits()
        if self._last is None:
            return
        shares = self.kind in ("roc", "precision_recall", "calibration")
        self.plot.keep_ranges(SHARE, SHARE if shares else None)
        draw = {
            "roc": self._roc,
            "precision_recall": self._precision_recall,
            "lift": self._lift,
            "calibration": self._calibration,
            "costs": self._costs,
        }
        draw[self.kind](*self._last)

    def _roc(self, ranking: Ranking, counts: Counts, _: Judgement) -> None:
        chance = Line(tr("chance"), FAIR, FAIR, "muted", dashed=True, quiet=True)
        dot = Dot(counts.fall_out, counts.recall, "validation")
        self._show(ranking.roc, dot, chance, tr("area {area}", area=number(ranking.roc.area)))

    def _precision_recall(self, ranking: Ranking, counts: Counts, _: Judgement) -> None:
        share = ranking.positives / max(1, counts.rows)
        chance = Line(tr("chance"), FAIR, np.full(2, share), "muted", dashed=True, quiet=True)
        curve = ranking.precision_recall
        dot = Dot(counts.recall, counts.precision, "validation")
        self._show(curve, dot, chance, tr("average precision {area}", area=number(curve.area)))

    def _lift(self, ranking: Ranking, counts: Counts, _: Judgement) -> None:
        chance = Line(tr("chance"), FAIR, np.ones(2), "muted", dashed=True, quiet=True)
        dot = Dot(counts.taken, counts.lift, "validation")
        self._show(
            ranking.lift, dot, chance, tr("mean lift {area}", area=number(ranking.lift.area))
        )

    def _calibration(self, ranking: Ranking, _: Counts, judgement: Judgement) -> None:
        found = ranking.calibration()
        fair = Line(tr("perfect"), FAIR, FAIR, "muted", dashed=True, quiet=True)
        line = Line(tr("observed"), found.predicted, found.observed)
        points = zip(found.predicted, found.observed, found.counts, strict=True)
        dots = [Dot(float(x), float(y), words=f"{count:,}") for x, y, count in points]
        self.plot.show_lines([fair, line], dots, [_mark(judgement)])
        said = tr("mean error {error}", error=percent(found.error))
        self.reading.say(said)

    def _costs(self, ranking: Ranking, counts: Counts, judgement: Judgement) -> None:
        prices = judgement.false_positive, judgement.false_negative
        curve = ranking.costs(*prices)
        line = Line(tr("cost"), curve.x, curve.y)
        dot = Dot(judgement.threshold, counts.cost(*prices), "validation")
        self.plot.show_lines([line], [dot], [_mark(judgement)])
        best = ranking.cheapest(*prices)
        least = number(ranking.at(best).cost(*prices))
        self.reading.say(tr("least {cost}, at {threshold}", cost=least, threshold=f"{best:g}"))

    def _show(self, curve: Curve, dot: Dot, chance: Line, said: str) -> None:
        self.plot.show_lines([chance, Line(tr(NAMES[self.kind]), curve.x, curve.y)], [dot])
        self.reading.say(said)


def _mark(judgement: Judgement) -> Mark:
    return Mark(judgement.threshold, f"{judgement.threshold:g}", "validation")
