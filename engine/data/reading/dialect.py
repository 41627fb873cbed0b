"""How a delimited text is written: its delimiter, its decimal sign, whether it has a header."""

import re
from collections.abc import Iterable, Sequence

from engine.data.reading.records import Records, records_of

SAMPLE_BYTES = 65_536
SAMPLE_RECORDS = 200
DELIMITERS = ("\t", ";", "|", ",")
MISSING = frozenset(
    ("", "NA", "N/A", "n/a", "#N/A", "nan", "NaN", "NAN", "null", "NULL", "None", "?")
)

WITH_COMMA = re.compile(r"[+-]?(\d+),(\d+)(e[+-]?\d+)?", re.IGNORECASE)
_POINTS_AND_COMMA = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}|[+-]?\d{1,3}(,\d{3})+\.\d+")


def sniff_delimiter(data: bytes) -> str:
    """The delimiter with which most of the first records have as many fields as the header."""
    sample = data[:SAMPLE_BYTES]
    if len(sample) < len(data) and b"\n" in sample:
        sample = sample[: sample.rindex(b"\n")]
    best, best_share = ",", 0.0
    for delimiter in DELIMITERS:
        counts = records_of(sample, delimiter).counts[:SAMPLE_RECORDS]
        share = float((counts == counts[0]).mean()) if counts[0] > 1 else 0.0
        if share > best_share:
            best, best_share = delimiter, share
    return best


def sample_of(records: Records) -> list[list[str]]:
    """The fields of the first records."""
    return [records.fields(each) for each in range(min(SAMPLE_RECORDS, len(records.starts)))]


def sniff_decimal(cells: Iterable[str], delimiter: str) -> str:
    """A comma where numbers are written 3,14; else a point.

    1,234 alone could be either: in a file delimited by commas it is taken as thousands.
    """
    unclear = False
    for cell in cells:
        if _GROUPED.fullmatch(cell):
            return "."
        if _POINTS_AND_COMMA.fullmatch(cell):
            return ","
        match = WITH_COMMA.fullmatch(cell)
        if match is None:
            continue
        whole, fraction = match[1], match[2]
        if len(fraction) != 3 or len(whole) > 3 or whole.startswith("0"):
            return ","
        unclear = True
    return "," if unclear and delimiter != "," else "."


def has_header(sample: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the first record names the columns.

    Text above a column of numbers says yes; else a number in the first record says no.
    """
    first, body = sample[0], sample[1:]
    kinds = [_is_number(cell, decimal) for cell in first]
    for place, number in enumerate(kinds):
        below = [row[place] for row in body if place < len(row) and row[place] not in MISSING]
        if not number and below and _mostly(_is_number(cell, decimal) for cell in below):
            return True
    return not any(kinds)


def _mostly(flags: Iterable[bool]) -> bool:
    listed = list(flags)
    return sum(listed) * 2 > len(listed)


def _is_number(cell: str, decimal: str) -> bool:
    try:
        float(cell.replace(",", ".") if decimal == "," else cell.replace(",", ""))
    except ValueError:
        return False
    return True
