"""How the benchmarks' pictures look: no background of their own, for a light page or a dark one."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for."""

    ink: str
    faint: str
    ours: str
    others: tuple[str, ...]


PALETTES = {
    "light": Palette("#1f2328", "#d1d9e0", "#0969da", ("#e16f24", "#2da44e", "#8250df")),
    "dark": Palette("#f0f6fc", "#3d444d", "#58a6ff", ("#f0883e", "#3fb950", "#bc8cff")),
}


def pictures(path: Path) -> list[tuple[Path, Palette]]:
    """Where the pictures of `NAME.json` go: `NAME-light.svg` and `NAME-dark.svg` beside it."""
    return [
        (path.with_name(f"{path.stem}-{name}.svg"), palette) for name, palette in PALETTES.items()
    ]


@contextmanager
def panels(
    path: Path, palette: Palette, size: tuple[float, float], **options: Any
) -> Generator[tuple[Any, Any]]:
    """A figure and its panels, written to `path` in the end, always in the same way."""
    matplotlib: Any = import_module("matplotlib")
    matplotlib.use("agg")
    pyplot: Any = import_module("matplotlib.pyplot")
    inked = ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")
    quiet = ("axes.spines.top", "axes.spines.right", "axes.spines.left", "legend.frameon")
    look = {"font.size": 10, "svg.hashsalt": path.stem, "axes.edgecolor": palette.faint}
    look |= dict.fromkeys(inked, palette.ink) | dict.fromkeys(quiet, False)
    with pyplot.rc_context(look | {"grid.color": palette.faint, "axes.axisbelow": True}):
        figure, axes = pyplot.subplots(figsize=size, layout="constrained", **options)
        yield figure, axes
        figure.savefig(path, transparent=True, metadata={"Date": None})
        pyplot.close(figure)
