"""The README's chart: how many times as fast as others, and what share is matrix products."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.harness.cases import NETWORKS
from benchmarks.harness.drawing import Palette, panels
from benchmarks.harness.ratios import paired
from benchmarks.harness.turns import Times

PEERS = {"scikit_learn": "scikit-learn", "pytorch": "PyTorch, eager", "jax": "JAX, a step by jit"}
TICKS = (0.5, 1, 2, 5, 10, 20)


def draw(
    networks: Mapping[str, Times], machine: Mapping[str, str], palette: Palette, path: Path
) -> None:
    """One picture: the speed beside others to the left, the share of the products to the right."""
    shape = {"ncols": 2, "sharey": True, "width_ratios": (2, 1)}
    with panels(path, palette, (9.2, 5.2), **shape) as (figure, (left, right)):
        draw_peers(left, networks, palette)
        draw_products(right, networks, palette)
        labels = [f"{NETWORKS[name].network}\nbatch {NETWORKS[name].batch}" for name in networks]
        left.set_yticks(range(len(labels)), labels)
        left.invert_yaxis()
        for axes in (left, right):
            axes.tick_params(length=0)
            axes.grid(axis="x", linewidth=0.8)
        figure.supxlabel(caption(machine), fontsize=8, linespacing=1.5)


def draw_peers(axes: Any, networks: Mapping[str, Times], palette: Palette) -> None:
    """Bars from 1, as fast as Glasswork, to how many times as long each contender takes."""
    peers = [name for name in PEERS if all(name in times for times in networks.values())]
    thickness = 0.8 / len(peers)
    for number, (peer, colour) in enumerate(zip(peers, palette.others, strict=False)):
        places = [
            place + (number - (len(peers) - 1) / 2) * thickness for place in range(len(networks))
        ]
        ratios = [paired(times[peer], times["glasswork"]).median for times in networks.values()]
        axes.barh(
            places,
            [ratio - 1 for ratio in ratios],
            thickness * 0.86,
            left=1,
            color=colour,
            label=PEERS[peer],
        )
        for place, ratio in zip(places, ratios, strict=True):
            axes.text(
                max(ratio, 1) * 1.05,
                place,
                f"{ratio:.{0 if ratio >= 10 else 1}f}",
                va="center",
                fontsize=8,
            )
    axes.set_xscale("log")
    axes.set_xlim(min(TICKS), 1.8 * max(TICKS))
    axes.set_xticks(TICKS, [f"{tick:g}×" for tick in TICKS])
    axes.minorticks_off()
    axes.axvline(1, color=palette.ink, linewidth=1.2)
    axes.set_title("Glasswork trains … times as fast as", fontsize=11, loc="left")
    axes.legend(loc="lower right")


def draw_products(axes: Any, networks: Mapping[str, Times], palette: Palette) -> None:
    """The share of a step's time that its matrix products alone would take."""
    shares = [
        100 * paired(times["products"], times["glasswork"]).median for times in networks.values()
    ]
    axes.barh(range(len(shares)), shares, 0.6, color=palette.ours)
    for place, share in enumerate(shares):
        axes.text(share + 1.5, place, f"{share:.0f} %", va="center", fontsize=8)
    axes.set_xlim(0, 100)
    axes.set_xticks((0, 50, 100), ("0", "50", "100 %"))
    axes.set_title("Time in matrix products", fontsize=11, loc="left")


def caption(machine: Mapping[str, str]) -> str:
    """What was measured on, in two lines."""
    date, processor, *versions, rounds = machine.values()
    how = f"float32 · Adam · one thread · {rounds}"
    return f"{how} · {processor} · {date}\n{' · '.join(versions)}"
