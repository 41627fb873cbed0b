"""How many BLAS threads a run uses: chosen at its start by the size of the work, then kept."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal

from engine.project import Progress

# Multiplications in the largest product of a step from which a second thread pays.
WORTH_A_SECOND = 30_000_000


def choose(asked: Literal["auto"] | int, start: Progress, largest_product: int) -> int:
    """The threads of a run. A resumed one keeps its count: another gives other last bits."""
    if asked != "auto":
        return int(asked)
    if start.step:
        return start.threads
    return 2 if largest_product >= WORTH_A_SECOND and (os.cpu_count() or 1) > 1 else 1


@contextmanager
def limit(count: int) -> Generator[None]:
    """Holds all BLAS libraries that are loaded to `count` threads."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(limits=count, user_api="blas"):
        yield
