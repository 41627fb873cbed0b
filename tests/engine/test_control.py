"""What a person may change while training runs, and how many threads a run takes."""

import pytest

from engine import threads
from engine.control import Control, Wanted
from engine.project import Progress

A, B, C = Wanted("weights", "n1"), Wanted("weights", "n2"), Wanted("confusion")


def test_what_is_asked_for_is_handed_out_once() -> None:
    control = Control(frozenset({A, B, C}))
    assert control.take("weights") == frozenset()
    control.ask()
    assert control.take("weights") == {A, B}
    assert control.take("weights") == frozenset()
    assert control.take("confusion") == {C}
    control.wanted = frozenset({A})
    control.ask()
    assert control.take("weights") == {A}


def test_every_time_needs_no_asking() -> None:
    control = Control(frozenset({A, C}), every_time=True)
    assert [control.take("weights") for _ in range(2)] == [{A}, {A}]
    assert control.take("predictions") == frozenset()


def test_steps_are_counted() -> None:
    control = Control()
    control.paused = True
    control.step("batch")
    control.step("batch")
    assert (control.paused, control.stepping_batch) == (False, True)
    control.batch_ended()
    assert not control.paused
    control.batch_ended()
    assert (control.paused, control.stepping_batch) == (True, False)
    control.paused = False
    control.batch_ended()
    control.epoch_ended()
    assert not control.paused
    control.step("epoch")
    control.batch_ended()
    assert not control.paused
    control.epoch_ended()
    assert control.paused


# ── threads ─────────────────────────────────────────────────────────────────────────────────

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
    asked: object,
    start: Progress,
    product: int,
    cores: int,
    count: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert threads.choose(asked, start, product) == count  # type: ignore[arg-type]


def test_a_limit_holds_within_and_ends_behind() -> None:
    from threadpoolctl import threadpool_info

    def counts() -> list[int]:
        return [each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"]

    before = counts()
    assert before
    with threads.limit(1):
        assert set(counts()) == {1}
    assert counts() == before
