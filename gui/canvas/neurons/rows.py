"""Which neurons of a layer are shown, and how high: of a large layer the first and the last."""

from dataclasses import dataclass

PITCH = 27.0
MORE = 46.0  # between the neurons around those left out
_FEW = 2  # neurons: to leave out no more saves no room


@dataclass(frozen=True)
class Rows:
    """Heights of the neurons by number, from the middle of all; and how many are left out."""

    heights: dict[int, float]
    left_out: int = 0

    @property
    def gap(self) -> float:
        """The middle between the neurons around those left out."""
        heights = list(self.heights.values())
        above = (len(heights) + 1) // 2
        return (heights[above - 1] + heights[above]) / 2

    def spread(self, by: float) -> "Rows":
        """So many times as far apart."""
        return Rows({each: by * height for each, height in self.heights.items()}, self.left_out)

    @property
    def half(self) -> float:
        """From the middle to the outermost neurons."""
        return max(self.heights.values(), default=0.0)


def rows(count: int, most: int) -> Rows:
    """All of `count` neurons, or of more than about `most` the first and the last."""
    if count <= most + _FEW:
        return Rows({each: (each - (count - 1) / 2) * PITCH for each in range(count)})
    first, last = (most + 1) // 2, most // 2
    height = (most - 2) * PITCH + MORE
    above = {each: each * PITCH - height / 2 for each in range(first)}
    below = {count - 1 - each: height / 2 - each * PITCH for each in range(last)}
    return Rows(above | dict(sorted(below.items())), count - most)


def most_in(room: float) -> int:
    """How many neurons find room in so many pixels, at least the first and the last."""
    return max(2, int(room / PITCH) + 1 - _FEW)
