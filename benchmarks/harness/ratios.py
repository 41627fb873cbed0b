"""What the times come to: medians of the ratios of each round, and whether a bar is met."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """The median of paired ratios, their quartiles, and the bar to reach, if there is one."""

    median: float
    low: float
    high: float
    bar: float | None = None

    @property
    def met(self) -> bool:
        """Whether the median, as it is printed, reaches the bar."""
        return self.bar is None or float(f"{self.median:.2f}") >= self.bar


def paired(others: Sequence[float], ours: Sequence[float], bar: float | None = None) -> Ratio:
    """`others / ours`, round by round: how many times as long the others take."""
    ratios = [other / own for other, own in zip(others, ours, strict=True)]
    low, median, high = _quartiles(ratios)
    return Ratio(median, low, high, bar)


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    if len(values) == 1:
        return values[0], values[0], values[0]
    low, median, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, median, high
