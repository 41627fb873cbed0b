"""What the reader asks of a model file, and the limits within which it is answered.

Both sides of the sandbox share this module, so it imports nothing but the standard library.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

MAX_FILE_BYTES = 2 * 1024**3
MAX_ARRAY_BYTES = 2 * 1024**3
MAX_TEXT_BYTES = 16 * 1024**2
MAX_LAYERS = 10_000
MAX_LINKS = 100_000
MAX_WIDTHS = 1 << 24
MAX_NAMES = 100_000
MAX_MEMORY_BYTES = 6 * 1024**3
SECONDS = 20

Value = str | int | list[str] | None


class Refused(Exception):
    """Why a file is not opened, as the rest of the sentence "cannot open digits.h5: …"."""


@dataclass(frozen=True)
class Wanted:
    """One array: where it lies, what a person calls it, its shape, and floats or integers.

    `shape` is None where only the file knows it; such arrays are bounded in size alone.
    """

    path: str
    label: str
    shape: tuple[int, ...] | None
    kind: Literal["float", "integer"] = "float"


def readable_size(count: int) -> str:
    """`16 KiB`, `1.0 TiB`: a number of bytes as a person reads it."""
    size, units = float(count), ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    while size >= 1024 and len(units) > 1:
        size, units = size / 1024, units[1:]
    return (
        f"{size:.0f} {units[0]}" if size >= 10 or units[0] == "bytes" else f"{size:.1f} {units[0]}"
    )


def readable_shape(shape: Sequence[int]) -> str:
    """`64 x 10`; `a single number` for no dimensions."""
    return " x ".join(str(size) for size in shape) or "a single number"
