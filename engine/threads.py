"""How many BLAS threads a run uses: by default chosen once at its start, by the size of the work.

A count that is kept makes a run reproducible bit for bit: another gives other last bits.
"""

import os
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

from engine.project import Progress

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

# Multiplications in the largest product of a step from which a second thread pays.
WORTH_A_SECOND = 30_000_000


# "fastest": seconds that each count is tried for, and that the best is kept before all are again.
TRIAL, KEPT = 0.05, 2.0

Threads = Literal["auto", "fastest"] | int


def choose(asked: Threads, start: Progress, largest_product: int) -> int:
    """The threads that a run begins with; a resumed one keeps its count."""
    if isinstance(asked, int):
        return asked
    if start.step:
        return start.threads
    return min(2, cores()) if largest_product >= WORTH_A_SECOND else 1


def cores() -> int:
    """The processors that this process may use: not those that BLAS has been told to leave alone.

    A limit from outside is an environment variable, or a pool of processes that share the machine.
    """
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    blas = _libraries(len(sys.modules)).select(user_api="blas").info()
    return min([here or 1, *(library["num_threads"] for library in blas)])


class Fastest:
    """Tries how many threads train fastest, and tries again, since other work comes and goes."""

    def __init__(self, count: int, most: int) -> None:
        self.count = count
        self._counts = sorted({1, 2, most // 2, most, count} & set(range(1, most + 1)))
        self._untried = [each for each in self._counts if each != count]
        self._speeds: dict[int, float] = {}
        self._trying = True
        self._rows, self._seconds = 0, 0.0

    def after(self, rows: int, seconds: float) -> int:
        """The threads for the next rows, given how long these took with the count in force."""
        self._rows, self._seconds = self._rows + rows, self._seconds + seconds
        if self._seconds < (TRIAL if self._trying else KEPT):
            return self.count
        if self._trying:
            self._speeds[self.count] = self._rows / self._seconds
        self._rows, self._seconds = 0, 0.0
        self._turn()
        return self.count

    def _turn(self) -> None:
        if not self._trying:
            self._trying, self._speeds = True, {}
            self._untried = [each for each in self._counts if each != self.count]
        elif self._untried:
            self.count = self._untried.pop()
        else:
            self._trying = False
            self.count = max(self._speeds, key=self._speeds.__getitem__)


@contextmanager
def limit(count: int) -> Generator[Callable[[int], None]]:
    """Holds all BLAS libraries that are loaded to `count` threads; gives what sets another."""
    libraries = _libraries(len(sys.modules))
    with libraries.limit(limits=count, user_api="blas"):
        yield partial(_set, libraries)


def _set(libraries: "ThreadpoolController", count: int) -> None:
    for library in libraries.select(user_api="blas").lib_controllers:
        library.set_num_threads(count)


@lru_cache(maxsize=1)
def _libraries(_modules: int) -> "ThreadpoolController":
    """What is loaded, looked for again only after an import: it takes some milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
