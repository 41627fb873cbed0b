"""Whether the cost of training grows as the work does: by rows, width, depth and batch.

Beside each point stand its matrix products alone, taken in turns, so that a jump that is the
processor's can be told from one that is Glasswork's. A cliff is a point whose cost for a unit of
work is more than twice that of the point before it.
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, log10
from pathlib import Path
from statistics import median

from benchmarks.harness.drawing import Palette, panels, pictures
from benchmarks.harness.machine import described
from benchmarks.harness.sweeps import SWEEPS, Sweep
from benchmarks.harness.tables import Table, quantity
from benchmarks.harness.turns import Entry, take_turns

CLIFF = 2.0


@dataclass(frozen=True)
class Point:
    """Seconds for a unit of work, by Glasswork and by its products alone."""

    value: int
    ours: float
    products: float


def main() -> None:
    """Prints a table for each sweep, and draws them all beside the file named."""
    parser = argparse.ArgumentParser(prog="dev.py benchmark scaling", description=__doc__)
    parser.add_argument("--only", type=lambda text: text.split(","), help="as in rows,batch")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes and draws every point")
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
        for path, palette in pictures(options.json):
            draw(found, machine, palette, path)
            print(path)


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
        ours, products = (_nanoseconds(each) for each in (points[-1].ours, points[-1].products))
        table.add(case.name, ours, products, speed, "cliff" if is_cliff(points) else "")
    return points


def _nanoseconds(seconds: float) -> str:
    return f"{1e9 * seconds:,.0f}" if seconds > 1e-7 else f"{1e9 * seconds:.3g}"


def is_cliff(points: list[Point]) -> bool:
    """Whether a unit of work costs more than twice what it did at the point before."""
    return len(points) > 1 and points[-1].ours > CLIFF * points[-2].ours


def draw(
    found: Mapping[str, list[Point]], machine: Mapping[str, str], palette: Palette, path: Path
) -> None:
    """The sweeps beside each other, both axes logarithmic."""
    units = {sweep.name: sweep.unit for sweep in SWEEPS}
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
            # Whole decades, so that a level line looks level.
            panel.set_ylim(*(10 ** floor(log10(each)) for each in (min(products), 10 * max(ours))))
        axes[0][0].legend()
        caption = f"float32 · Adam · one thread · {machine['processor']} · {machine['date']}"
        figure.supxlabel(caption, fontsize=8)


if __name__ == "__main__":
    main()
