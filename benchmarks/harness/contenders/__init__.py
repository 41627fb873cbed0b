"""Those who train the same network on the same rows, each called by the name of its module.

A contender is `enter(case)`, which gives `run(epochs)`: that trains a fresh network for so many
epochs, and returns the seconds of the training alone, without what is made ready before it.
"""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter, process_time
from typing import Any

from benchmarks.harness.cases import Case

Run = Callable[[int], "Times"]
# What a contender needs that Glasswork itself does not install.
NEEDS = {"pytorch": "torch", "jax": "jax"}


class Times(tuple[float, float]):
    """(seconds on the clock, seconds of processor time)."""


def timed(call: Callable[[], Any]) -> Times:
    """How long a call takes."""
    wall, processor = perf_counter(), process_time()
    call()
    return Times((perf_counter() - wall, process_time() - processor))


def installed(contender: str) -> bool:
    """Whether what this contender needs is there."""
    return contender not in NEEDS or find_spec(NEEDS[contender]) is not None


def enter(contender: str, case: Case) -> Run:
    """The contender of that name, ready to train that case."""
    return import_module(f"benchmarks.harness.contenders.{contender}").enter(case)
