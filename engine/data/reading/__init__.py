"""From the bytes of a person's file to a Table; content decides what it is, not the name."""

import csv

from engine.data.dataset import Table
from engine.data.reading.delimited import Reading, read_delimited
from engine.data.reading.files import cannot_open
from engine.data.reading.workbook import is_workbook, read_workbook
from engine.errors import DataError


def read_content(
    content: bytes, name: str, reading: Reading | None = None
) -> tuple[Table, tuple[str, ...]]:
    """The table in a text file or an Excel workbook, and notes on how it was read.

    Raises DataError in one sentence that names the file and the line.
    """
    reading = reading or Reading()
    try:
        if is_workbook(content):
            return read_workbook(content, name, reading.header)
        return read_delimited(content, name, reading)
    except DataError:
        raise
    except (ValueError, csv.Error, MemoryError) as error:
        said = str(error).splitlines() or [type(error).__name__]
        raise cannot_open(name, said[0]) from None


__all__ = ["Reading", "read_content"]
