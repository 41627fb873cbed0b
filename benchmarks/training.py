"""How fast training is, beside scikit-learn, PyTorch, JAX and its own matrix products alone.

    python3 dev.py benchmark training [--quick] [--only a32,b] [--rounds N] [--json FILE]

Each contender lives in a process of its own with one BLAS thread, and they take turns; a figure is
the median over the rounds of the ratio within a round, with the bar it has to reach beside it.
"""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from benchmarks.harness.cases import NETWORKS, Case
from benchmarks.harness.contenders import installed
from benchmarks.harness.ratios import Ratio, paired
from benchmarks.harness.tables import judged, quantity, table
from benchmarks.harness.turns import Entry, Times, take_turns

OURS, PRODUCTS = "glasswork", "products"
PEERS = {"scikit_learn": "× scikit-learn", "pytorch": "× PyTorch", "jax": "× JAX"}
BARS = {
    "scikit_learn": {"a10": 15, "a32": 14, "b": 8.5, "c32": 2.4, "c128": 1.9, "d": 2.6, "e": 1.8},
    "pytorch": {"a10": 16, "a32": 16, "b": 8.4, "c32": 1.9, "c128": 1.8, "d": 1.8, "e": 1.8},
    "products": {
        "a10": 0.56,
        "a32": 0.58,
        "b": 0.36,
        "c32": 0.40,
        "c128": 0.55,
        "d": 0.65,
        "e": 0.78,
    },
}


def main() -> None:
    """Prints a row for each network as soon as it is measured, then the table."""
    options = parsed()
    found: dict[str, Times] = {}
    for name in options.only:
        found[name] = measured(NETWORKS[name], options)
        print(table(head(), [row(NETWORKS[name], found[name])]), flush=True)
    print("\n" + table(head(), [row(NETWORKS[name], times) for name, times in found.items()]))
    for peer in set(PEERS) - contenders():
        print(f"{peer}: not installed")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def parsed() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="dev.py benchmark training", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few and short rounds")
    parser.add_argument("--only", type=lambda text: text.split(","), default=[*NETWORKS])
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--clock", choices=("wall", "processor"), default="wall")
    parser.add_argument("--json", type=Path, help="a file for every time measured")
    options = parser.parse_args()
    options.rounds = options.rounds or (3 if options.quick else 9)
    options.least = 0.1 if options.quick else 0.3
    return options


def contenders() -> set[str]:
    """Who is there to be compared."""
    return {name for name in (OURS, *PEERS, PRODUCTS) if installed(name)}


def measured(case: Case, options: argparse.Namespace) -> Times:
    """Seconds per step of every contender, a figure a round."""
    entries = {name: Entry(name, case) for name in (OURS, *PEERS, PRODUCTS) if installed(name)}
    return take_turns(entries, options.rounds, options.least, options.clock)


def ratios(case: Case, times: Times) -> Mapping[str, Ratio]:
    """How many times as long as Glasswork each contender takes."""
    ours = times[OURS]
    return {
        name: paired(others, ours, BARS.get(name, {}).get(case.name))
        for name, others in times.items()
        if name != OURS
    }


def head() -> list[str]:
    """The heads of the columns."""
    return ["network", "", "batch", "rows/s", *PEERS.values(), "of products alone"]


def row(case: Case, times: Times) -> list[str]:
    """One network's figures."""
    found = ratios(case, times)
    rows = sorted(case.batch / seconds for seconds in times[OURS])
    cells = [judged(found[name]) if name in found else "–" for name in (*PEERS, PRODUCTS)]
    return [case.name, case.network, str(case.batch), quantity(rows[len(rows) // 2]), *cells]


if __name__ == "__main__":
    main()
