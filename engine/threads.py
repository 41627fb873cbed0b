"""How many BLAS threads a run uses: chosen at its start by the size of the work, then kept."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from engine.project import Progress

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

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
    with _libraries(len(sys.modules)).limit(limits=count, user_api="blas"):
        yield


@lru_cache(maxsize=1)
def _libraries(_modules: int) -> "ThreadpoolController":
    """What is loaded, looked for again only after an import: it takes some milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
