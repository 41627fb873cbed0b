"""Whatever a caller holds rows in, seen as a Table; pandas is recognised, not imported."""

import sys
from typing import Any

import numpy as np

from engine.data.dataset import Table
from engine.data.labels import label
from engine.data.numbers import EXACT
from engine.errors import DataError


def as_table(X: Any, names: tuple[str, ...], used: tuple[str, ...]) -> Table:
    """`X` as a Table that has the columns `used`; an array has those or all of `names`.

    Raises DataError naming the columns that are missing, or both numbers of columns.
    """
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(X, pandas.DataFrame):
        table = table_of_frame(X)
    elif isinstance(X, Table):
        table = X
    else:
        return _table_of_array(np.asarray(X), names, used)
    missing = [name for name in used if name not in table.names]
    if missing:
        raise DataError(f"the table has no column {', '.join(map(repr, missing))}")
    return table


def table_of_frame(frame: Any) -> Table:
    """The columns of a pandas DataFrame: numbers as float64, everything else as text."""
    names = tuple(str(name) for name in frame.columns)
    return Table(names, tuple(column_of_series(frame.iloc[:, i]) for i in range(len(names))))


def column_of_series(series: Any) -> np.ndarray:
    """One pandas column as float64 (NaN where missing) or object (text, None where missing)."""
    if series.dtype.kind in "iuf":
        return column_of_values(series.to_numpy())
    return column_of_values(series.to_numpy(object))


def column_of_values(values: np.ndarray) -> np.ndarray:
    """A column of any dtype as float64, or as text with None where a value is missing.

    Integers that no float64 can hold stay text.
    """
    if values.dtype.kind == "f" or (values.dtype.kind in "iu" and _exact(values)):
        return values.astype(np.float64)
    cells = [_cell(value) for value in values]
    if all(cell is None or isinstance(cell, float) for cell in cells):
        return np.array([np.nan if cell is None else cell for cell in cells], np.float64)
    column = np.empty(len(cells), object)
    column[:] = [cell if cell is None else label(cell) for cell in cells]
    return column


def _exact(values: np.ndarray) -> bool:
    return not values.size or max(-int(values.min()), int(values.max())) <= EXACT


def _cell(value: Any) -> float | str | None:
    """A number as float, a missing value as None, the rest as text."""
    if isinstance(value, (bool, np.bool_)):
        return str(value)
    if isinstance(value, (int, np.integer)):
        return float(value) if abs(int(value)) <= EXACT else str(value)
    if isinstance(value, (float, np.floating)):
        return float(value) if value == value else None
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    return str(value)


def _table_of_array(X: np.ndarray, names: tuple[str, ...], used: tuple[str, ...]) -> Table:
    if X.ndim != 2 or X.shape[1] not in (len(names), len(used)):
        had = f"{X.shape[1]} columns" if X.ndim == 2 else f"{X.ndim} dimensions"
        raise DataError(f"the rows have {had}, but training used {len(used)} columns")
    chosen = used if X.shape[1] == len(used) else names
    return table_of_array(X, chosen)


def table_of_array(X: np.ndarray, names: tuple[str, ...]) -> Table:
    """An array `(rows, columns)` under these names; numbers are not copied."""
    if X.dtype.kind in "bf" or (X.dtype.kind in "iu" and _exact(X)):
        return Table(names, tuple(X.T))
    return Table(names, tuple(column_of_values(column) for column in X.T))
