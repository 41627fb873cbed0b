"""The numbers beside a matrix name its rows and columns, whatever their size."""

import pytest

from gui.plots.cell_axis import CellAxis


@pytest.mark.parametrize(
    ("cells", "pixels", "expected"),
    [
        (2, 200, ["0", "1"]),
        (8, 100, ["0", "5"]),
        (64, 400, ["0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50", "55", "60"]),
        (5000, 100, ["0", "2,000", "4,000"]),
    ],
)
def test_whole_numbers_stand_at_the_middle_of_their_cells(
    cells: int, pixels: int, expected: list[str]
) -> None:
    ticks = CellAxis("left").ticks(0, cells, pixels)
    assert [text for _, text in ticks] == expected
    assert all(place % 1 == 0.5 for place, _ in ticks)


def test_cells_before_the_first_have_no_number() -> None:
    assert CellAxis("top").ticks(-3, 2, 400) == [(0.5, "0"), (1.5, "1")]
