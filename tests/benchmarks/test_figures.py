"""What the benchmarks make of times: ratios, quartiles, bars, tables, cliffs."""

import pytest

from benchmarks.harness.ratios import Ratio, paired
from benchmarks.harness.tables import Table, judged, quantity
from benchmarks.scaling import Point, is_cliff


def test_times_are_compared_within_a_round() -> None:
    """The machine slows down fourfold in the third round; twice as slow stays twice as slow."""
    ratio = paired([2.0, 2.2, 8.0], [1.0, 1.1, 4.0])
    assert ratio.median == pytest.approx(2)
    assert (ratio.low, ratio.high) == pytest.approx((2, 2))


def test_quartiles_say_how_much_the_rounds_differ() -> None:
    ratio = paired([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])
    assert (ratio.low, ratio.median, ratio.high) == (2, 3, 4)


def test_a_single_round_is_its_own_median() -> None:
    assert paired([3], [2]) == Ratio(1.5, 1.5, 1.5)


def test_every_round_needs_both_times() -> None:
    with pytest.raises(ValueError, match="shorter"):
        paired([1, 2], [1])


@pytest.mark.parametrize(
    ("median", "bar", "said"),
    [
        (2.0, None, "2.00"),
        (0.65, 0.65, "0.65 ≥ 0.65"),
        (0.646, 0.65, "0.65 ≥ 0.65"),
        (0.644, 0.65, "0.64 < 0.65 ✗"),
        (15.2, 15, "15.20 ≥ 15"),
    ],
)
def test_a_bar_is_met_by_the_figure_that_is_printed(
    median: float, bar: float | None, said: str
) -> None:
    assert judged(Ratio(median, median, median, bar)) == said


def test_a_table_is_markdown_with_aligned_columns(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table("network", "rows/s", labels=[("a10",), ("a long label",)])
    table.add("a10", "1.2 M")
    assert capsys.readouterr().out.splitlines() == [
        "",
        "| network      |         rows/s |",
        "| ------------ | -------------: |",
        "| a10          |          1.2 M |",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [(12.3456, "12.3"), (1234, "1.23 k"), (999_999, "1 M"), (2.5e6, "2.5 M")],
)
def test_quantities_have_three_digits(number: float, said: str) -> None:
    assert quantity(number) == said


def test_a_cliff_is_a_unit_of_work_that_more_than_doubles() -> None:
    flat, rising, jump = Point(1, 1.0, 1.0), Point(2, 1.9, 1.0), Point(3, 2.1, 1.0)
    assert not is_cliff([flat])
    assert not is_cliff([flat, rising])
    assert is_cliff([flat, jump])
