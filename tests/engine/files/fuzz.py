"""Opens many damaged copies of one file in this process: `fuzz MASTER FIRST LAST SCRATCH`.

Prints a line before each copy and one after it, so that the test knows where HDF5 ended the
process or hung, as it may. An exception that is not a refusal ends the process with a traceback.
"""

import sys
from pathlib import Path

import numpy as np

from engine.files.child import reason
from engine.files.hdf5 import Source
from engine.files.reading import Opened, opened
from engine.files.sandbox import Reads
from engine.files.wanted import Refused, Value, Wanted


class InProcess:
    """An open file whose every failure is a refusal, as the sandbox makes it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def attributes(self, places: list[tuple[str, str]]) -> list[Value]:
        return self._asked(lambda source: source.attributes(places))

    def arrays(self, wanted: list[Wanted]) -> list[np.ndarray]:
        return self._asked(lambda source: list(source.arrays(wanted)))

    def _asked(self, question):
        try:
            source = Source(str(self._path))
            try:
                return question(source)
            finally:
                source.close()
        except Exception as error:  # noqa: BLE001 - as in the sandbox
            raise Refused(reason(error)) from None


def damaged(data: bytes, seed: int) -> bytes:
    """A copy with a few bits, bytes or runs changed, or its end missing."""
    draw = np.random.default_rng(seed)
    copy = bytearray(data)
    way = draw.integers(4)
    if way == 0:
        return bytes(copy[: draw.integers(8, len(copy))])
    for _ in range(int(draw.integers(1, 6))):
        place = int(draw.integers(8, len(copy)))
        if way == 1:
            copy[place] ^= 1 << int(draw.integers(8))
        elif way == 2:
            copy[place] = int(draw.integers(256))
        else:
            length = int(draw.integers(1, 64))
            copy[place : place + length] = draw.bytes(len(copy[place : place + length]))
    return bytes(copy)


def same(a: Opened, b: Opened) -> bool:
    assert a.trained is not None
    if (
        b.trained is None
        or a.project != b.project
        or list(a.trained.weights) != list(b.trained.weights)
    ):
        return False
    return all(
        np.array_equal(a.trained.weights[key], b.trained.weights[key]) for key in a.trained.weights
    )


def main(master: str, first: int, last: int, scratch: str) -> None:
    data, path = Path(master).read_bytes(), Path(scratch)
    reference: Reads = InProcess(Path(master))
    expected = opened(reference, path)
    for seed in range(first, last):
        path.write_bytes(damaged(data, seed))
        print("begin", seed, flush=True)  # noqa: T201 - read by the test
        try:
            outcome = "same" if same(expected, opened(InProcess(path), path)) else "other"
        except Refused as error:
            outcome = "refused" if "\n" not in str(error) else "several lines"
        print("end", seed, outcome, flush=True)  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
