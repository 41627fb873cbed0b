"""What the inspector shows of many layers at once: counts, and what is wrong with them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.shapes import Problem
from gui import theme
from gui.pages.problem_list import ProblemList
from gui.words import tr


class TotalsPage(QWidget):
    """A title, a key figure, further figures, and problems or the word that there are none."""

    layer_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title, self._kind = QLabel(), QLabel()
        self._figure, self._unit = QLabel(), QLabel()
        self._title.setProperty("role", "title")
        self._figure.setProperty("role", "figure")
        for label in (self._kind, self._unit):
            label.setProperty("role", "muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE_S)
        self._grid.setVerticalSpacing(theme.SPACE_XS)
        self._grid.setColumnStretch(1, 1)
        self._heading = QLabel(tr("Problems"))
        self._heading.setProperty("role", "section")
        self._fine = QLabel(tr("✓ No problems"))
        self._fine.setProperty("role", "ok")
        self._problems = ProblemList()
        self._problems.layer_chosen.connect(self.layer_chosen)
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_S)
        column.addLayout(_side_by_side(self._title, self._kind, push=True))
        column.addLayout(_side_by_side(self._figure, self._unit, push=False))
        column.addLayout(self._grid)
        column.addSpacing(theme.SPACE_S)
        for widget in (self._heading, self._fine, self._problems):
            column.addWidget(widget)
        column.addStretch()

    def show_totals(
        self,
        title: str,
        kind: str,
        parameters: int | None,
        figures: Sequence[tuple[str, str]],
        problems: Sequence[Problem],
    ) -> None:
        """Show `figures` as (name, value) beneath the count of parameters (None: not known).

        Without a title it stands beneath another page, which has one.
        """
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._kind.setText(kind)
        self._figure.setText("–" if parameters is None else f"{parameters:,}")
        self._unit.setText(tr("parameter") if parameters == 1 else tr("parameters"))
        self._show_figures(figures)
        self._problems.show_problems(problems, linked=True)
        self._heading.setVisible(bool(problems))
        self._fine.setVisible(not problems)

    def apply_theme(self) -> None:
        """Take the colours of the theme in force."""
        self._problems.apply_theme()

    def _show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(figures):
            label, figure = QLabel(name), QLabel(value)
            label.setProperty("role", "muted")
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label, row, 0)
            self._grid.addWidget(figure, row, 1)


def _side_by_side(left: QLabel, right: QLabel, *, push: bool) -> QHBoxLayout:
    """Two labels on one base line; `push` moves the second to the right edge."""
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE_S)
    row.addWidget(left, 0, Qt.AlignmentFlag.AlignBottom)
    if push:
        row.addStretch()
    row.addWidget(right, 0, Qt.AlignmentFlag.AlignBottom)
    if not push:
        row.addStretch()
    return row
