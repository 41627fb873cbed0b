"""How often pictures are shown follows from what they cost."""

import pytest

from gui.pace import SHARE, SLOWEST, Pace


def show(pace: Pace, cost: float, seconds: float, start: float = 0.0) -> float:
    """Shows something every 50 ms, stretched, for a while; gives the share of the time it took."""
    now, worked, spent = start, 0.0, 0.0
    while now < start + seconds:
        pace.work(worked)
        worked += cost
        spent += cost
        pace.rest(now, worked)
        now += 0.05 * pace.stretch
    return spent / seconds


def test_cheap_pictures_come_as_often_as_asked() -> None:
    pace = Pace()
    show(pace, cost=0.0005, seconds=5)
    assert pace.stretch == 1.0


@pytest.mark.parametrize("cost", [0.003, 0.006, 0.02])
def test_dear_pictures_come_so_seldom_that_they_take_their_share(cost: float) -> None:
    pace = Pace()
    show(pace, cost, seconds=10)
    assert show(pace, cost, seconds=20, start=10) == pytest.approx(SHARE, rel=0.25)


def test_even_the_dearest_are_shown_now_and_then() -> None:
    pace = Pace()
    show(pace, cost=1.0, seconds=60)
    assert pace.stretch <= SLOWEST


def test_it_recovers_when_pictures_become_cheap() -> None:
    pace = Pace()
    show(pace, cost=0.01, seconds=10)
    assert pace.stretch > 2
    show(pace, cost=0.0005, seconds=20, start=10)
    assert pace.stretch == pytest.approx(1.0, abs=0.05)


def test_work_of_others_does_not_count() -> None:
    pace = Pace()
    worked = 0.0
    for step in range(200):
        worked += 0.04  # before the turn, so it is somebody else's
        pace.work(worked)
        worked += 0.0002
        pace.rest(step * 0.05, worked)
    assert pace.stretch == 1.0
