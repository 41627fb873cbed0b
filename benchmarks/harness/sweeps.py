"""What grows in the benchmark of scaling, and what its work is counted in."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.harness.cases import Case


@dataclass(frozen=True)
class Sweep:
    """One thing that grows, and what a unit of work is: `work(case)` units in a row."""

    name: str
    unit: str
    values: tuple[int, ...]
    case: Callable[[int], Case]
    work: Callable[[Case], int]


def _weights(case: Case) -> int:
    return sum(inputs * units for inputs, units in case.products)


def _named(value: int, widths: tuple[int, ...], batch: int, rows: int) -> Case:
    return Case(f"{value:,}", widths, batch, rows - rows % batch)


SWEEPS = (
    Sweep(
        "rows",
        "row",
        (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000),
        lambda rows: _named(rows, (64, 64, 10), 32, rows),
        lambda _: 1,
    ),
    Sweep(
        "width",
        "weight and row",
        tuple(2**power for power in range(3, 13)),
        lambda width: _named(width, (width, width, 10), 128, 4_096),
        _weights,
    ),
    Sweep(
        "depth",
        "layer and row",
        (1, 2, 5, 10, 20, 50, 100),
        lambda depth: _named(depth, (64,) * (depth + 1) + (10,), 128, 8_192),
        lambda case: len(case.products) - 1,
    ),
    Sweep(
        "batch",
        "row",
        tuple(2**power for power in range(14)),
        lambda batch: _named(batch, (64, 64, 10), batch, 8_192),
        lambda _: 1,
    ),
)
