"""CSV and its kin as a Table: pandas reads, and every failure names the line."""

import io
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.dataset import Table
from engine.data.numbers import EXACT, is_big_integer
from engine.data.reading import dialect
from engine.data.reading.cells import column_of
from engine.data.reading.files import cannot_open
from engine.data.reading.names import column_names
from engine.data.reading.records import Records, records_of
from engine.data.reading.text import to_utf8


@dataclass(frozen=True)
class Reading:
    """What a person may say about a text file; "auto" is found out."""

    delimiter: str = "auto"
    decimal: str = "auto"
    header: str = "auto"


def line_place(name: str, lines: np.ndarray, row: int) -> str:
    """The line of the file in which a row (from 0) begins."""
    return f"{name}, line {lines[row]:,}"


def read_delimited(content: bytes, name: str, reading: Reading) -> tuple[Table, tuple[str, ...]]:
    """The table in a text file, and notes on how it was read.

    Raises DataError naming the line where the text cannot be a table.
    """
    data, encoding_notes = to_utf8(content, name)
    auto = reading.delimiter == "auto"
    delimiter = dialect.sniff_delimiter(data) if auto else reading.delimiter
    records = records_of(data.rstrip(b"\n\x1a "), delimiter)
    _require_shape(records, name)
    sample = dialect.sample_of(records)
    decimal = reading.decimal
    if decimal == "auto":
        decimal = dialect.sniff_decimal((cell for row in sample for cell in row), delimiter)
    header = reading.header == "yes"
    if reading.header == "auto":
        header = dialect.has_header(sample, decimal)
    if header and len(records.starts) == 1:
        raise cannot_open(name, "it has a header but no rows")
    names, name_notes = column_names(sample[0] if header else [], int(records.counts[0]))
    columns, number_notes = _columns(records, int(header), names, decimal)
    table = Table(
        names, columns, partial(line_place, Path(name).name, records.lines[int(header) :])
    )
    _require_finite(table, records, name, int(header))
    notes = (*encoding_notes, *name_notes, *_comma_note(decimal, sample), *number_notes)
    return table, notes


def _require_shape(records: Records, name: str) -> None:
    if records.unclosed:
        raise cannot_open(name, f"line {records.unclosed:,} opens a quote that is never closed")
    ragged = np.flatnonzero(records.counts != records.counts[0])
    if len(ragged):
        first = int(ragged[0])
        fields = "field" if records.counts[first] == 1 else "fields"
        raise cannot_open(
            name,
            f"line {records.lines[first]:,} has {records.counts[first]:,} {fields}, "
            f"expected {records.counts[0]:,}",
        )


def _require_finite(table: Table, records: Records, name: str, skip: int) -> None:
    for place, column in enumerate(table.columns):
        if column.dtype == object or not np.isinf(column).any():
            continue
        row = int(np.argmax(np.isinf(column)))
        raise cannot_open(
            name,
            f"line {records.lines[row + skip]:,}, column {table.names[place]}: "
            f"{records.fields(row + skip)[place]} is not a finite number",
        )


def _frame(records: Records, skip: int, decimal: str, **only: Any) -> Any:
    """The records from `skip` on as a pandas frame with columns 0, 1, 2 and so on."""
    import pandas as pd

    return pd.read_csv(
        io.BytesIO(records.data[records.starts[skip] :]),
        sep=records.delimiter,
        header=None,
        names=range(int(records.counts[0])),
        index_col=False,
        decimal=decimal,
        na_values=sorted(dialect.MISSING),
        keep_default_na=False,
        skipinitialspace=True,
        low_memory=False,
        **only,
    )


def _columns(
    records: Records, skip: int, names: tuple[str, ...], decimal: str
) -> tuple[tuple[np.ndarray, ...], tuple[str, ...]]:
    frame = _frame(records, skip, decimal)
    columns: list[np.ndarray] = []
    notes: list[str] = []
    for place, name in enumerate(names):
        series = frame[place]
        if series.dtype.kind == "f" and (series.abs() >= EXACT).any():
            # Beside missing values pandas reads integers as floats: look at the text itself.
            texts = _frame(records, skip, decimal, usecols=[place], dtype=str)[place]
            series = texts if any(map(is_big_integer, texts.dropna())) else series
        column, note = column_of(series, decimal)
        columns.append(column)
        notes += [f"{name}: {note}"] if note else []
    return tuple(columns), tuple(notes)


def _comma_note(decimal: str, sample: list[list[str]]) -> tuple[str, ...]:
    cells = (cell for row in sample for cell in row)
    comma = next((cell for cell in cells if dialect.WITH_COMMA.fullmatch(cell)), None)
    if decimal != "," or comma is None:
        return ()
    return (f"{comma} was read as {comma.replace(',', '.')} (decimal comma)",)
