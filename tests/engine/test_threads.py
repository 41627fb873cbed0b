"""How many BLAS threads a run uses."""

import pytest
import threadpoolctl

from engine import threads
from engine.events import TrainingStarted
from engine.project import Progress
from engine.threads import KEPT, TRIAL, Fastest
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import finished, of_kind, small, train


def counts() -> set[int]:
    """What the BLAS libraries in use are held to."""
    loaded = threadpoolctl.threadpool_info()
    return {each["num_threads"] for each in loaded if each["user_api"] == "blas"}


def rows_in(count: int, seconds: float, speeds: dict[int, float]) -> int:
    return int(speeds[count] * seconds)


def settle(fastest: Fastest, speeds: dict[int, float]) -> int:
    """The count kept after a round of trials on a machine with these speeds."""
    for _ in range(len(speeds) + 1):
        fastest.after(rows_in(fastest.count, TRIAL, speeds), TRIAL)
    return fastest.count


LARGE, SMALL = threads.WORTH_A_SECOND, threads.WORTH_A_SECOND - 1


@pytest.mark.parametrize(
    ("asked", "start", "product", "cores", "count"),
    [
        (4, Progress(), SMALL, 2, 4),
        (1, Progress(step=3, threads=2), LARGE, 2, 1),
        ("auto", Progress(), SMALL, 8, 1),
        ("auto", Progress(), LARGE, 8, 2),
        ("auto", Progress(), LARGE, 1, 1),
        ("auto", Progress(step=3, threads=2), SMALL, 1, 2),
    ],
)
def test_threads_follow_the_work_and_stay(
    asked: threads.Threads,
    start: Progress,
    product: int,
    cores: int,
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(threads, "cores", lambda: cores)
    assert threads.choose(asked, start, product) == count


def test_a_limit_from_outside_is_kept() -> None:
    with threadpoolctl.threadpool_limits(1):
        assert threads.choose("auto", Progress(), 10**9) == 1
        events = train(small(), blobs(50), epochs=1, threads="fastest")
    assert finished(events).trained.progress.threads == 1


def test_the_limit_can_move_and_is_taken_back() -> None:
    before = counts()
    with threads.limit(1) as hold:
        assert counts() == {1}
        hold(2)
        assert counts() == {2}
    assert counts() == before


def test_the_fastest_count_is_kept_until_it_is_no_longer_the_fastest() -> None:
    fastest = Fastest(1, most=4)
    assert settle(fastest, {1: 100.0, 2: 180.0, 4: 150.0}) == 2
    fastest.after(1, KEPT / 2)
    assert fastest.count == 2
    fastest.after(1, KEPT)  # time to look again: another program has taken the other cores
    assert settle(fastest, {1: 100.0, 2: 20.0, 4: 10.0}) == 1


def test_a_machine_with_one_core_has_nothing_to_try() -> None:
    fastest = Fastest(1, most=1)
    assert settle(fastest, {1: 100.0}) == 1


def test_a_run_that_chooses_its_threads_says_so() -> None:
    events = train(small(), blobs(200), epochs=3, threads="fastest")
    (started,) = of_kind(events, TrainingStarted)
    assert any("may differ in the last digits" in note for note in started.notes)
    assert finished(events).trained.progress.threads in range(1, threads.cores() + 1)
