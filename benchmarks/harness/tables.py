"""Tables in plain text that are Markdown too, printed row by row as the figures come in."""

from collections.abc import Sequence

from benchmarks.harness.ratios import Ratio

WIDTH = 12


class Table:
    """Columns as wide as their heads, at least 12; the first to the left, the others right."""

    def __init__(self, *heads: str, labels: Sequence[str] = ()) -> None:
        """`labels` are those of the first column, which is as wide as the longest."""
        self.widths = [max(len(head), WIDTH) for head in heads]
        self.widths[0] = max(map(len, (heads[0], *labels)))
        rule = ["-" * width if not i else "-" * (width - 1) + ":" for i, width in self._columns()]
        print()
        self.add(*heads)
        self.add(*rule)

    def add(self, *cells: str) -> None:
        """Prints one row."""
        aligned = [
            cell.rjust(width) if place else cell.ljust(width)
            for cell, (place, width) in zip(cells, self._columns(), strict=True)
        ]
        print(f"| {' | '.join(aligned)} |", flush=True)

    def _columns(self) -> list[tuple[int, int]]:
        return list(enumerate(self.widths))


def judged(ratio: Ratio) -> str:
    """A ratio and its bar, with a mark where the bar is missed: "0.71 ≥ 0.65", "0.60 < 0.65 ✗"."""
    if ratio.bar is None:
        return f"{ratio.median:.2f}"
    sign, mark = ("≥", "") if ratio.met else ("<", " ✗")
    return f"{ratio.median:.2f} {sign} {ratio.bar:g}{mark}"


def quantity(number: float) -> str:
    """A number with three digits: 1.23 k, 45.6 M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= 0.9995 * size:
            return f"{number / size:.3g} {unit}"
    return f"{number:.3g}"
