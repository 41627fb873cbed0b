"""Tables in plain text that are Markdown too, printed row by row as the figures come in."""

from collections.abc import Iterable, Iterator, Sequence

from benchmarks.harness.ratios import Ratio

WIDTH = 14


class Table:
    """The first columns as wide as their labels, to the left; then figures, to the right."""

    def __init__(self, *heads: str, labels: Sequence[Sequence[str]]) -> None:
        """`labels` are what will stand in the first columns, row by row."""
        columns = list(zip(*labels, strict=True))
        self.labels = len(columns)
        self.widths = [max(len(head), WIDTH) for head in heads]
        for place, column in enumerate(columns):
            self.widths[place] = max(map(len, (heads[place], *column)))
        rules = ("-" * width for width in self.widths)
        print()
        self.add(*heads)
        self.add(*(rule[:-1] + ":" if figure else rule for rule, figure in self._columns(rules)))

    def add(self, *cells: str) -> None:
        """Prints one row."""
        aligned = [
            cell.rjust(width) if figure else cell.ljust(width)
            for (cell, figure), width in zip(self._columns(cells), self.widths, strict=True)
        ]
        print(f"| {' | '.join(aligned)} |", flush=True)

    def _columns(self, cells: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """Each cell, and whether it is a figure."""
        return ((cell, place >= self.labels) for place, cell in enumerate(cells))


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
