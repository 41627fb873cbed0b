"""A column as float64, or a sentence that says where it holds something else."""

import numpy as np

from engine.data.dataset import Table
from engine.errors import DataError

EXACT = 2**53  # beyond it not every integer is a float64


def numbers(column: np.ndarray, name: str, table: Table) -> np.ndarray:
    """The column as float64 with NaN where a value is missing.

    Raises DataError naming the place, the column and the value that is not a number, or is an
    integer that no float64 holds.
    """
    if column.dtype != object:
        return column.astype(np.float64, copy=False)
    try:
        values = np.array([np.nan if value is None else value for value in column], np.float64)
    except (TypeError, ValueError):
        row = next(row for row, value in enumerate(column) if not is_number(value))
        raise DataError(
            f"{table.place(row)}, column {name}: {column[row]!r} is not a number; correct it, "
            "or use the column as a category or not at all"
        ) from None
    _require_precision(column, values, name, table)
    return values


def _require_precision(column: np.ndarray, values: np.ndarray, name: str, table: Table) -> None:
    for row in np.flatnonzero(np.abs(values) >= EXACT):
        if is_big_integer(column[row]):
            raise DataError(
                f"{table.place(int(row))}, column {name}: {column[row]} is beyond 2^53 and "
                "would lose precision as a number; use the column as a category or not at all"
            )


def is_number(value: object) -> bool:
    """Whether one cell is missing or reads as a number."""
    try:
        float(0 if value is None else value)  # pyright: ignore[reportArgumentType]
    except (TypeError, ValueError):
        return False
    return True


def is_big_integer(text: str) -> bool:
    """Whether this is an integer that no float64 holds."""
    return text.strip().lstrip("+-").isdecimal() and abs(int(text)) > EXACT


def require_finite(
    values: np.ndarray, names: tuple[str, ...], table: Table, first: int = 0
) -> None:
    """Raises DataError naming the first infinite value of a block that begins at row `first`."""
    infinite = np.isinf(values)
    if not infinite.any():
        return
    row, column = np.argwhere(infinite)[0]
    raise DataError(
        f"{table.place(first + int(row))}, column {names[column]}: the value is not finite; "
        "correct it or leave the row out"
    )
