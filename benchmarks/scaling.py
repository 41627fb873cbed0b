"""Whether the cost of training grows as the work does: by rows, width, depth and batch.

Beside each point stand its matrix products alone, taken in turns, so that a jump that is the
processor's can be told from one that is Glasswork's. A cliff is a point whose cost for a unit of
work is more than twice that of the point before it.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.harness.cases import Case
from benchmarks.harness.drawing import PALETTES, panels
from benchmarks.harness.machine import described
from benchmarks.harness.tables import Table, quantity
from benchmarks.harness.turns import Entry, take_turns

CLIFF = 2.0


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


@dataclass(frozen=True)
class Point:
    """Seconds for a unit of work, by Glasswork and by its products alone."""

    value: int
    ours: float
    products: float


def main() -> None:
    """Prints a table for each sweep, and draws them all where a file is named."""
    parser = argparse.ArgumentParser(prog="dev.py benchmark scaling", description=__doc__)
    parser.add_argument("--only", type=lambda text: text.split(","), help="as in rows,batch")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes every point")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draws the points: .svg or .png")
    options = parser.parse_args()
    machine = described()
    print(" · ".join(machine.values()))
    found = {
        sweep.name: swept(sweep, options)
        for sweep in SWEEPS
        if not options.only or sweep.name in options.only
    }
    if options.json:
        plain = {name: [vars(point) for point in points] for name, points in found.items()}
        options.json.write_text(json.dumps({"machine": machine, **plain}, indent=1) + "\n")
    if options.plot:
        draw(found, machine["processor"], options.plot)


def swept(sweep: Sweep, options: argparse.Namespace) -> list[Point]:
    """The points of one sweep, printed as they are found."""
    heads = (sweep.name, f"ns a {sweep.unit}", "products alone", "rows/s", "")
    table = Table(*heads, labels=[(f"{value:,}",) for value in sweep.values])
    points: list[Point] = []
    for value in sweep.values:
        case = sweep.case(value)
        entries = {name: Entry(name, case) for name in ("glasswork", "products")}
        times = take_turns(entries, options.rounds, 0.1, options.clock)
        units = case.batch * sweep.work(case)
        points.append(Point(value, *(median(each) / units for each in times.values())))
        speed = quantity(1 / (points[-1].ours * sweep.work(case)))
        ours, products = (f"{each * 1e9:,.4g}" for each in (points[-1].ours, points[-1].products))
        table.add(case.name, ours, products, speed, "cliff" if is_cliff(points) else "")
    return points


def is_cliff(points: list[Point]) -> bool:
    """Whether a unit of work costs more than twice what it did at the point before."""
    return len(points) > 1 and points[-1].ours > CLIFF * points[-2].ours


def draw(found: Mapping[str, list[Point]], processor: str, path: Path) -> None:
    """The sweeps beside each other, both axes logarithmic."""
    palette, units = PALETTES["light"], {sweep.name: sweep.unit for sweep in SWEEPS}
    size = (3.4 * len(found), 3.2)
    with panels(path, palette, size, ncols=len(found), squeeze=False) as (figure, axes):
        for panel, (name, points) in zip(axes[0], found.items(), strict=True):
            values = [point.value for point in points]
            ours, products = (
                [1e9 * getattr(point, side) for point in points] for side in ("ours", "products")
            )
            panel.loglog(values, ours, "o-", color=palette.ours, label="Glasswork")
            panel.loglog(values, products, "o--", color=palette.others[0], label="products alone")
            panel.set(xlabel=name, ylabel=f"ns a {units[name]}")
            panel.grid(linewidth=0.8)
        axes[0][0].legend()
        figure.suptitle(f"The cost of training · {processor}", fontsize=11)


if __name__ == "__main__":
    main()
