"""What a person may change while training runs, and how many threads a run takes."""

from engine.control import Control, Wanted

A, B, C = Wanted("weights", "n1"), Wanted("weights", "n2"), Wanted("judgement")


def test_what_is_asked_for_is_handed_out_once() -> None:
    control = Control(frozenset({A, B, C}))
    assert control.take("weights") == frozenset()
    control.ask()
    assert control.take("weights") == {A, B}
    assert control.take("weights") == frozenset()
    assert control.take("judgement") == {C}
    control.wanted = frozenset({A})
    control.ask()
    assert control.take("weights") == {A}


def test_what_was_slow_or_is_to_be_seldom_rests() -> None:
    seldom = Wanted("boundary", setting=("x", "y"), apart=60.0)
    control = Control(frozenset({A, B, seldom}))
    control.took(seldom, 0.0)
    control.took(A, 1.0)
    control.took(B, 0.0)
    control.ask()
    assert control.take("boundary") == frozenset()
    assert control.take("weights") == {B}
    assert control.wants("boundary")
    control.wanted = frozenset({Wanted("boundary", setting=("x", "z"), apart=60.0)})
    control.ask()
    assert control.take("boundary") == control.wanted
    assert not control.wants("weights")


def test_every_time_needs_no_asking() -> None:
    control = Control(frozenset({A, C}), every_time=True)
    assert [control.take("weights") for _ in range(2)] == [{A}, {A}]
    assert control.take("scores") == frozenset()


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
