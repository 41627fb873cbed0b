"""The errors a person may cause; each message is one sentence that says what to do."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class GlassworkError(ValueError):
    """Base of every error that is shown to a person as it stands, without a traceback."""


class DesignError(GlassworkError):
    """A design, or an edit of one, that cannot be: a cycle, a second input, unequal widths."""


class DataError(GlassworkError):
    """Data that cannot be read or used: names the file, row, column or field."""


class FileError(GlassworkError):
    """A model file that cannot be opened or written; what was there before is intact."""


class TrainingError(GlassworkError):
    """A training that cannot start, or had to end, with the likely cause."""


# What pydantic says of fields rather than of their values.
ABOUT_FIELDS = {"extra_forbidden": "is not a known option", "missing": "is missing"}


def sentence(error: "ValidationError", where: str = "") -> str:
    """The first problem of a pydantic error as one sentence: "units should be …, not -3"."""
    first = error.errors(include_url=False)[0]
    path = ".".join(str(part) for part in first["loc"]) or "value"
    subject = f"{where}{': ' if where else ''}{path}"
    if first["type"] in ABOUT_FIELDS:
        return f"{subject} {ABOUT_FIELDS[first['type']]}"
    said = re.sub(r"^(Value error, |\w+ should )", "", first["msg"])
    got = first.get("input")
    plain = isinstance(got, (int, float, str)) and len(repr(got)) < 80
    tail = f", not {got!r}" if plain and ", not " not in said else ""
    return f"{subject} should {said}{tail}"
