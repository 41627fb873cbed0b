"""Where the records and fields of a delimited text lie, found for all of it at once.

pandas fills short rows in silence and does not tell lines; this knows both, so that a message
can name the real line of the file, quoted line breaks and blank lines included.
"""

import csv
import re
from dataclasses import dataclass

import numpy as np

NEWLINE, QUOTE, SPACE = b'\n" '


@dataclass(frozen=True)
class Records:
    """Records (blank lines left out): byte range, line from 1, number of fields.

    `unclosed` is the line of a quote that is never closed, 0 if there is none.
    """

    data: bytes
    delimiter: str
    starts: np.ndarray
    ends: np.ndarray
    lines: np.ndarray
    counts: np.ndarray
    unclosed: int

    def fields(self, record: int) -> list[str]:
        """The fields of one record as text, quotes and outer spaces removed."""
        text = self.data[self.starts[record] : self.ends[record]].decode()
        reader = csv.reader([text], delimiter=self.delimiter, skipinitialspace=True)
        return [field.strip() for field in next(reader)]


def records_of(data: bytes, delimiter: str) -> Records:
    """The records of UTF-8 text with "\\n" line ends."""
    codes = np.frombuffer(data, np.uint8)
    breaks, separators, opened = _split_points(data, codes, delimiter)
    starts = np.concatenate(([0], breaks + 1))
    ends = np.concatenate((breaks, [len(data)]))
    kept = np.flatnonzero(ends > starts)
    blank = [
        each for each in kept[codes[starts[kept]] == SPACE] if _is_blank(data, starts, ends, each)
    ]
    kept = np.setdiff1d(kept, blank, assume_unique=True)
    starts, ends = starts[kept], ends[kept]
    newlines = np.flatnonzero(codes == NEWLINE)
    return Records(
        data,
        delimiter,
        starts,
        ends,
        lines=np.searchsorted(newlines, starts) + 1,
        counts=np.searchsorted(separators, ends) - np.searchsorted(separators, starts) + 1,
        unclosed=0 if opened is None else int(np.searchsorted(newlines, opened)) + 1,
    )


def _is_blank(data: bytes, starts: np.ndarray, ends: np.ndarray, record: int) -> bool:
    return not data[starts[record] : ends[record]].strip(b" ")


def _split_points(
    data: bytes, codes: np.ndarray, delimiter: str
) -> tuple[np.ndarray, np.ndarray, int | None]:
    """Places of record breaks and of delimiters outside quotes, and of an unclosed quote."""
    breaks = np.flatnonzero(codes == NEWLINE)
    separators = np.flatnonzero(codes == ord(delimiter))
    if b'"' not in data:
        return breaks, separators, None
    # Uneven counts of quotes before a place: it lies inside (a doubled quote counts twice).
    inside = np.cumsum(codes == QUOTE, dtype=np.uint8) & 1
    if not _quotes_are_regular(codes, inside, delimiter):
        return walked_split_points(data, delimiter)
    return breaks[inside[breaks] == 0], separators[inside[separators] == 0], None


def _quotes_are_regular(codes: np.ndarray, inside: np.ndarray, delimiter: str) -> bool:
    """Whether every quote opens a whole field, closes one, or is doubled inside one."""
    quotes = np.flatnonzero(codes == QUOTE)
    edges = (NEWLINE, ord(delimiter), QUOTE)
    padded = np.concatenate(([NEWLINE], codes, [NEWLINE]))
    opening, closing = quotes[inside[quotes] == 1], quotes[inside[quotes] == 0]
    return bool(
        not inside[-1]
        and np.isin(padded[opening], edges).all()
        and np.isin(padded[closing + 2], edges).all()
    )


def walked_split_points(data: bytes, delimiter: str) -> tuple[np.ndarray, np.ndarray, int | None]:
    """The same one by one, as Python's csv reads it: a quote inside a bare field is a letter."""
    breaks: list[int] = []
    separators: list[int] = []
    opened: int | None = None
    field_start = skip = 0
    for match in re.finditer(b'["\n' + re.escape(delimiter.encode()) + b"]", data):
        place, mark = match.start(), match[0]
        if mark != b'"':
            if opened is None:
                (breaks if mark == b"\n" else separators).append(place)
                field_start = place + 1
        elif opened is None:
            if not data[field_start:place].strip(b" "):
                opened = place
        elif place >= skip:
            if data[place + 1 : place + 2] == b'"':
                skip = place + 2
            else:
                opened = None
    return np.array(breaks, np.int64), np.array(separators, np.int64), opened
