"""Columns that pandas left as text: numbers with thousands separators."""

import re
from typing import Any

import numpy as np

from engine.data.tables import column_of_series

SEPARATORS = {
    ".": (",", " ", "'", "\u00a0", "\u202f", "\u2019"),
    ",": (".", " ", "\u00a0", "\u202f"),
}


def column_of(series: Any, decimal: str) -> tuple[np.ndarray, str]:
    """A column as the Table holds it, and how its numbers were read if that needs saying."""
    if series.dtype.kind in "iuf":
        return column_of_series(series), ""
    for separator in SEPARATORS[decimal]:
        read = _without(series, separator, decimal)
        if read is not None:
            return read
    return column_of_series(series), ""


def _without(series: Any, separator: str, decimal: str) -> tuple[np.ndarray, str] | None:
    """The numbers of a text column whose groups of three digits stand apart, else None."""
    cells = series.dropna().astype(str).str.strip()
    tail = rf"(?:{re.escape(decimal)}\d+)?"
    grouped = re.compile(rf"[+-]?\d{{1,3}}(?:{re.escape(separator)}\d{{3}})+{tail}")
    either = rf"(?:{grouped.pattern}|[+-]?\d+{tail})"
    if not cells[:100].str.fullmatch(either).all() or not cells.str.fullmatch(either).all():
        return None
    example = next((cell for cell in cells if grouped.fullmatch(cell)), None)
    if example is None:
        return None
    plain = cells.str.replace(separator, "", regex=False).str.replace(decimal, ".", regex=False)
    values = np.full(len(series), np.nan)
    values[series.notna().to_numpy()] = plain.astype(float)
    shown = example.replace(separator, "").replace(decimal, ".")
    return values, f"{example} was read as {shown} (thousands separators)"
