"""Curves as tables: a row an epoch for the run at hand and each other one, and what came beside."""

import numpy as np

from gui.figure_table import FigureTable
from gui.figures import metric_name
from gui.plots.curve_lines import CurveLines
from gui.plots.series import EXTRAS, Curves, Part
from gui.words import tr

BY_EPOCH: tuple[Part, ...] = ("training", "validation")


def tables_of(lines: CurveLines) -> tuple[FigureTable, ...]:
    """In full precision, whatever is smoothed."""
    runs = [(tr("Curves"), lines.curves)] if lines.shows_own else []
    runs += [(other.name, other.curves) for other in lines.others]
    found = [_by_epoch(title, curves) for title, curves in runs if curves.epoch]
    if lines.shows_own:
        found += _beside(lines.curves)
    return tuple(found)


def _by_epoch(title: str, curves: Curves) -> FigureTable:
    x = curves.series("loss", "training").x
    columns, header = [x], [tr("epoch")]
    for metric in curves.metrics:
        for part in BY_EPOCH:
            series = curves.series(metric, part)
            if len(series):
                header.append(f"{tr(metric_name(metric))}, {tr(part)}")
                columns.append(_at(series.x, series.y, x))
    return FigureTable(title, tuple(header), np.column_stack(columns).tolist())


def _at(x: np.ndarray, y: np.ndarray, epochs: np.ndarray) -> np.ndarray:
    """NaN where an epoch has no figure."""
    found = np.full(len(epochs), np.nan)
    found[np.searchsorted(epochs, x)] = y
    return found


def _beside(curves: Curves) -> list[FigureTable]:
    """What is not measured at the end of each epoch, each with times of its own."""
    wanted = dict.fromkeys(EXTRAS, False) | dict.fromkeys(curves.metrics, True)
    found: list[FigureTable] = []
    for metric, afresh in wanted.items():
        series = curves.series(metric, "afresh" if afresh else "training")
        if len(series):
            name = tr(metric_name(metric))
            title = tr("{metric}, afresh", metric=name) if afresh else name
            found.append(FigureTable(title, (tr("epoch"), name), series.points.T.tolist()))
    return found
