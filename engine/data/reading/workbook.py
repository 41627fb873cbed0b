"""The first sheet of an Excel workbook as a Table, whatever the file is called."""

import io
from pathlib import Path
from typing import Any

import numpy as np

from engine.data.dataset import Table
from engine.data.labels import label
from engine.data.reading.dialect import SAMPLE_RECORDS, has_header
from engine.data.reading.files import cannot_open
from engine.data.reading.names import column_names
from engine.data.tables import column_of_values

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an Excel workbook (.xlsx, or .xls of old)."""
    return content.startswith(OLE) or (content.startswith(b"PK\3\4") and b"xl/" in content)


def read_workbook(content: bytes, name: str, header: str) -> tuple[Table, tuple[str, ...]]:
    """The table on the first sheet, and notes on how it was read. Raises DataError."""
    from python_calamine import CalamineError, load_workbook

    try:
        sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
        cells = [row for row in sheet.to_python() if any(cell != "" for cell in row)]
    except (CalamineError, ValueError, OSError) as error:
        raise cannot_open(name, f"the Excel workbook is damaged ({error})") from None
    if not cells:
        raise cannot_open(name, f"the sheet {sheet.name!r} is empty")
    sample = [[label(cell) or "" for cell in row] for row in cells[:SAMPLE_RECORDS]]
    headed = has_header(sample, ".") if header == "auto" else header == "yes"
    if headed and len(cells) == 1:
        raise cannot_open(name, "it has a header but no rows")
    names, notes = column_names(sample[0] if headed else [], len(cells[0]))
    table = Table(names, _columns(cells[int(headed) :]))
    if Path(name).suffix.lower() not in (".xlsx", ".xls", ".xlsm"):
        said = f"{Path(name).name} is an Excel workbook and was read as one"
        notes = (f"{said} (sheet {sheet.name})", *notes)
    return table, notes


def _columns(rows: list[list[Any]]) -> tuple[np.ndarray, ...]:
    grid = np.empty((len(rows), len(rows[0])), object)
    grid[:] = rows
    grid[grid == ""] = None
    return tuple(column_of_values(column) for column in grid.T)
