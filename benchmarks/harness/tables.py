"""Tables in plain text that are Markdown, too."""

from collections.abc import Sequence

from benchmarks.harness.ratios import Ratio


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    rule = [("-" * width) if not i else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join(aligned)} |"


def judged(ratio: Ratio) -> str:
    """A ratio and its bar, with a mark where the bar is missed: "0.71 ≥ 0.65", "0.60 < 0.65 ✗"."""
    if ratio.bar is None:
        return f"{ratio.median:.2f}"
    sign, mark = ("≥", "") if ratio.met else ("<", " ✗")
    return f"{ratio.median:.2f} {sign} {ratio.bar:g}{mark}"


def quantity(number: float) -> str:
    """A number with three digits: 1.23 k, 45.6 M."""
    for unit, size in (("M", 1e6), ("k", 1e3)):
        if number >= size:
            return f"{number / size:.3g} {unit}"
    return f"{number:.3g}"
