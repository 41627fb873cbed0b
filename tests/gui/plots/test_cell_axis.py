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
    qapp: object, cells: int, pixels: int, expected: list[str]
) -> None:
    axis = CellAxis("left")
    [(step, places)] = axis.tickValues(0, cells, pixels)
    assert axis.tickStrings(places, 1, step) == expected
    assert all(place % 1 == 0.5 for place in places)


def test_cells_before_the_first_have_no_number(qapp: object) -> None:
    [(_, places)] = CellAxis("top").tickValues(-3, 2, 400)
    assert places == [0.5, 1.5]
