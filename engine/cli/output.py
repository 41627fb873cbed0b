"""How the command line speaks: answers on standard output, everything else on standard error."""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence


def warn(sentences: Iterable[str]) -> None:
    """Says what a person should know although the command went on."""
    for sentence in sentences:
        complain(f"warning: {sentence}")


def complain(sentence: str) -> None:
    """One line on standard error, whatever line breaks or odd characters the sentence holds."""
    line = " ".join(f"glasswork: {sentence}".split())
    encoding = sys.stderr.encoding or "utf-8"
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)


def table(rows: Sequence[Sequence[object]], *, indent: str = "") -> str:
    """Rows in aligned columns; numbers to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = [all(_is_number(cell) for cell in column) for column in zip(*cells, strict=True)]
    return "\n".join(
        indent
        + "  ".join(
            cell.rjust(width) if to_the_right else cell.ljust(width)
            for cell, width, to_the_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    )


def figures(parts: Mapping[str, Mapping[str, float]]) -> str:
    """Metrics of each part of the data, a line each: "test  accuracy 0.9722  loss 0.1021"."""
    rows = [
        (part, "  ".join(f"{name} {_figure(value)}" for name, value in metrics.items()))
        for part, metrics in parts.items()
    ]
    return table(rows)


def quietly_end_output() -> None:
    """Lets a reader such as `head` hang up without a traceback when the interpreter ends."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())


def _figure(value: float) -> str:
    """Four digits that count, or all whole ones: 0.9722, 12.35, 31,417."""
    return f"{value:,.0f}" if 1e3 <= abs(value) < 1e15 else f"{value:.4g}"


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "").replace("-", "").isdigit() or text in ("", "–")
