"""How fast training is, beside scikit-learn, PyTorch, JAX and its own matrix products alone.

Each contender lives in a process of its own with one BLAS thread, and they take turns; a figure is
the median over the rounds of the ratio within a round, with the bar it has to reach beside it.
"""

import argparse
import json
from pathlib import Path
from statistics import median

from benchmarks.harness import chart, memory
from benchmarks.harness.cases import BARS, NETWORKS, Case
from benchmarks.harness.comparisons import COMPARISONS
from benchmarks.harness.contenders import installed
from benchmarks.harness.drawing import pictures
from benchmarks.harness.machine import described
from benchmarks.harness.ratios import paired
from benchmarks.harness.tables import Table, judged, quantity
from benchmarks.harness.turns import Entry, Times, take_turns

OURS, PRODUCTS = "glasswork", "products"
PEERS = {"scikit_learn": "× scikit-learn", "pytorch": "× PyTorch", "jax": "× JAX"}
THERE = {name: head for name, head in PEERS.items() if installed(name)}
HEAD = ("network", "", "batch", "rows/s", *THERE.values(), "of products alone")
PARTS = ("networks", *dict.fromkeys(each.part for each in COMPARISONS), "memory")


def main() -> None:
    """Prints a table for each part, and each line of it as soon as it is known."""
    options = parsed()
    clock = {"wall": "by the clock", "processor": "in processor time"}[options.clock]
    machine = described() | {"rounds": f"medians of {options.rounds} rounds {clock}"}
    print(" · ".join(machine.values()), flush=True)
    found: dict[str, dict[str, Times]] = {"networks": {}, "comparisons": {}}
    if "networks" in options.part:
        found["networks"] = networks(options)
    if any(each.part in options.part for each in COMPARISONS):
        found["comparisons"] = comparisons(options)
    if "memory" in options.part:
        print_memory()
    if options.json:
        options.json.write_text(json.dumps({"machine": machine, **found}, indent=1) + "\n")
        for path, palette in pictures(options.json) if found["networks"] else ():
            chart.draw(found["networks"], machine, palette, path)
            print(path)


def parsed() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="dev.py benchmark training", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="three short rounds, not nine")
    parser.add_argument("--part", type=_words, default=PARTS, help=f"some of {','.join(PARTS)}")
    parser.add_argument("--only", type=_words, default=NETWORKS, help="networks, as in a32,b")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="writes every time, and draws them"
    )
    options = parser.parse_args()
    if unknown := ({*options.part} - {*PARTS}) | ({*options.only} - {*NETWORKS}):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    options.rounds = options.rounds or (3 if options.quick else 9)
    options.least = 0.1 if options.quick else 0.3
    return options


def _words(text: str) -> list[str]:
    return text.split(",")


# ── the networks ────────────────────────────────────────────────────────────────────────────


def networks(options: argparse.Namespace) -> dict[str, Times]:
    """Seconds per step of every contender, network by network."""
    table = Table(*HEAD, labels=[(name, NETWORKS[name].network) for name in options.only])
    found: dict[str, Times] = {}
    for name in options.only:
        entries = {each: Entry(each, NETWORKS[name]) for each in (OURS, *THERE, PRODUCTS)}
        found[name] = take_turns(entries, options.rounds, options.least, options.clock)
        table.add(*row(NETWORKS[name], found[name]))
    for peer in PEERS.keys() - THERE.keys():
        print(f"{PEERS[peer][2:]} is not installed, and not compared with.")
    return found


def row(case: Case, times: Times) -> list[str]:
    """One network's figures."""
    bars = {name: BARS.get(name, {}).get(case.name) for name in (*THERE, PRODUCTS)}
    cells = (judged(paired(times[name], times[OURS], bar)) for name, bar in bars.items())
    speed = quantity(case.batch / median(times[OURS]))
    return [case.name, case.network, str(case.batch), speed, *cells]


# ── the rest ────────────────────────────────────────────────────────────────────────────────


def comparisons(options: argparse.Namespace) -> dict[str, Times]:
    """Seconds per step of both sides of every comparison asked for."""
    wanted = [each for each in COMPARISONS if each.part in options.part]
    table = Table("the speed of …, as a share of …", "", labels=[(each.label,) for each in wanted])
    found: dict[str, Times] = {}
    for each in wanted:
        # Processor time would count both threads.
        clock = "wall" if each.part == "threads" else options.clock
        entries = {"ours": each.ours, "other": each.other}
        times = take_turns(entries, options.rounds, options.least, clock)
        table.add(each.label, judged(paired(times["other"], times["ours"], each.bar)))
        found[each.label] = times
    return found


def print_memory() -> None:
    """What is held at most, beyond what was there before."""
    longest = "d, 100,000 rows predicted"
    table = Table("memory taken while running", "at most", labels=[(longest,)])
    for name in ("a32", "b", "c128", "d"):
        peak = memory.peak_of_training(NETWORKS[name])
        mark = "" if peak <= memory.MOST else " ✗"
        table.add(f"{name}, {memory.STEPS:,} steps", _kib(peak) + mark)
    for rows in (10_000, 100_000):
        table.add(f"d, {rows:,} rows predicted", _kib(memory.peak_of_prediction(rows)))


def _kib(count: int) -> str:
    return f"{count / 1024:,.0f} KiB"


if __name__ == "__main__":
    main()
