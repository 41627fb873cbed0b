"""What the network says of one row: probabilities as bars, or values in the target's own units."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.data.dataset import DataFacts
from engine.predictions import Predictions
from gui import theme
from gui.figure_table import FigureTable
from gui.figures import number, percent
from gui.plots.bar_plot import Bar, BarPlot
from gui.words import tr

MOST = 12  # bars; of more classes, the most probable ones


class TryResult(QWidget):
    """The prediction as a key figure, how sure it is, and what else was probable."""

    def __init__(self) -> None:
        super().__init__()
        self.figure, self.caption = QLabel(), QLabel(wordWrap=True)
        self.figure.setProperty("role", "figure")
        self.caption.setProperty("role", "muted")
        self.bars = BarPlot(tr("Probabilities"))
        self._rows: tuple[tuple[str, float], ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE_XS)
        layout.addWidget(self.figure)
        layout.addWidget(self.caption)
        layout.addWidget(self.bars)
        layout.addStretch()

    def show_prediction(
        self, found: Predictions, facts: DataFacts, actual: str | float | None
    ) -> None:
        """Shows the prediction of one row beside what the row says, where it says anything."""
        self.setAccessibleName(tr("Prediction"))
        names = found.classes or found.labels
        if names:
            self._show_probabilities(found, names, facts)
        else:
            self._show_values(np.atleast_1d(found.values[0]), facts, actual)
        if found.notes:
            self.caption.setText("\n".join((self.caption.text(), *found.notes)))
        self.setAccessibleDescription(f"{self.figure.text()} {self.caption.text()}")

    def show_refusal(self, sentence: str) -> None:
        """Says why there is no prediction."""
        self.show_nothing()
        self.caption.setText(f"{sentence[:1].upper()}{sentence[1:]}.")

    def show_nothing(self) -> None:
        """Nothing to predict yet."""
        self.figure.clear()
        self.caption.clear()
        self._rows = ()
        self.bars.show_bars([Bar(bar.name, 0.0, "") for bar in self.bars.bars], 1.0)

    def apply_theme(self) -> None:
        """Takes the colours of the theme in force."""
        self.bars.apply_theme()

    def tables(self) -> Sequence[FigureTable]:
        """The figures shown, to be copied."""
        return (FigureTable(tr("Prediction"), (tr("Name"), tr("Value")), self._rows),)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _show_probabilities(
        self, found: Predictions, names: tuple[str, ...], facts: DataFacts
    ) -> None:
        shares = [float(each) for each in found.probabilities[0]]
        self._rows = tuple(zip(names, shares, strict=True))
        best = max(range(len(shares)), key=shares.__getitem__)
        if found.labels:
            strong = {place for place, share in enumerate(shares) if share > 0.5}
            self.figure.setText(", ".join(names[place] for place in sorted(strong)) or tr("none"))
            self.caption.setText(tr("Labels with a probability above 50 %"))
        else:
            strong = {best}
            self.figure.setText(str(found.values[0]))
            self.caption.setText(
                tr("{target}, with {share}", target=facts.target_name, share=percent(shares[best]))
            )
        order = range(len(names))
        if len(names) > MOST:
            order = sorted(order, key=lambda place: -shares[place])[:MOST]
            others = tr("the {count} most probable of {all}", count=MOST, all=len(names))
            self.caption.setText(f"{self.caption.text()}; {others}")
        self.bars.show_bars(
            [Bar(names[i], shares[i], percent(shares[i]), strong=i in strong) for i in order], 1.0
        )
        self.bars.setVisible(True)

    def _show_values(
        self, values: np.ndarray, facts: DataFacts, actual: str | float | None
    ) -> None:
        several = len(values) > 1
        names = [
            f"{facts.target_name} {place + 1}" if several else facts.target_name
            for place in range(len(values))
        ]
        self._rows = tuple(zip(names, map(float, values), strict=True))
        self.bars.setVisible(several)
        if several:
            self.figure.clear()
            self.caption.setText(tr("Predicted values"))
            self.bars.show_bars([Bar(name, value, number(value)) for name, value in self._rows])
            return
        value = float(values[0])
        self.figure.setText(number(value))
        said = tr("predicted {target}", target=facts.target_name)
        if isinstance(actual, float):
            said = tr(
                "{predicted}; {difference} from the row's {actual}",
                predicted=said,
                difference=number(abs(value - actual)),
                actual=number(actual),
            )
        self.caption.setText(said)
