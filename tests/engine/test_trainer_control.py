"""Stopping, pausing, stepping and measuring while a training runs."""

import numpy as np

from engine.control import Control, Wanted
from engine.events import (
    BatchesDone,
    Checkpoint,
    Measured,
    Paused,
    TrainingFinished,
)
from engine.session import CHUNK_BATCHES
from tests.engine.helpers.rows import blobs, noisy_plane
from tests.engine.helpers.training import (
    assert_same_training,
    finished,
    lively,
    of_kind,
    small,
    train,
    trainer_of,
    until,
)

# ── control ─────────────────────────────────────────────────────────────────────────────────


def test_stop_ends_before_the_next_batch() -> None:
    control = Control()
    events = trainer_of(small(), blobs(400), control=control, epochs=5, batch_size=2).run()
    until(events, BatchesDone)
    control.stop = True
    (end,) = list(events)
    assert isinstance(end, TrainingFinished)
    assert end.reason == "stopped"
    assert end.message == "Stopped in epoch 1."
    assert end.trained.progress.row == 2 * CHUNK_BATCHES


def test_pause_hands_out_what_there_is_until_resumed() -> None:
    control = Control()
    control.paused = True
    events = trainer_of(small(), blobs(400), control=control, epochs=1, batch_size=2).run()
    paused = until(events, Paused)
    assert paused.trained.progress.row == 2 * CHUNK_BATCHES
    again = next(events)
    assert isinstance(again, Paused)
    assert_same_training(paused.trained, again.trained)
    control.paused = False
    later = list(events)
    assert not of_kind(later, Paused)
    straight = finished(train(small(), blobs(400), epochs=1, batch_size=2)).trained
    assert_same_training(finished(later).trained, straight)


def test_a_checkpoint_is_handed_out_once_and_training_goes_on_from_it_bit_for_bit() -> None:
    control = Control()
    events = trainer_of(small(), blobs(400), control=control, epochs=2, batch_size=2).run()
    until(events, BatchesDone)
    control.checkpoint = True
    kept = until(events, Checkpoint).trained
    later = list(events)
    assert not of_kind(later, Checkpoint)
    straight = finished(train(small(), blobs(400), epochs=2, batch_size=2)).trained
    assert_same_training(finished(later).trained, straight)
    resumed = train(small(), blobs(400), trained=kept, epochs=2, batch_size=2)
    assert_same_training(finished(resumed).trained, straight)


def test_stop_ends_a_pause() -> None:
    control = Control()
    control.paused = True
    events = trainer_of(small(), blobs(400), control=control, epochs=2, batch_size=2).run()
    until(events, Paused)
    control.stop = True
    assert finished(list(events)).reason == "stopped"


def test_step_by_batches_and_by_epochs() -> None:
    control = Control()
    control.step("batch")
    events = trainer_of(small(), blobs(40), control=control, epochs=3, batch_size=10).run()
    assert until(events, Paused).trained.progress.row == 10
    control.step("batch")
    assert until(events, Paused).trained.progress.row == 20
    control.step("batch")
    control.step("batch")
    progress = until(events, Paused).trained.progress
    assert (progress.epoch, progress.row) == (1, 0)
    control.step("epoch")
    assert until(events, Paused).trained.progress.epoch == 2
    control.paused = False
    assert finished(list(events)).reason == "completed"


def test_steps_change_nothing() -> None:
    control = Control()
    control.step("batch")
    events = trainer_of(lively(), blobs(45), control=control, epochs=2, batch_size=10).run()
    seen = []
    for event in events:
        seen.append(event)
        if isinstance(event, Paused):
            control.step("batch")
    assert len(of_kind(seen, BatchesDone)) == 10
    straight = finished(train(lively(), blobs(45), epochs=2, batch_size=10)).trained
    assert_same_training(finished(seen).trained, straight)


# ── measurements ────────────────────────────────────────────────────────────────────────────

WEIGHTS = Wanted("weights", "n2")
JUDGED = Wanted("judgement")


def test_what_is_wanted_is_measured_once_an_ask() -> None:
    control = Control(frozenset({WEIGHTS, JUDGED}))
    trainer = trainer_of(small(), blobs(60, validation=20), control=control, epochs=3)
    events = trainer.run()
    next(events)
    control.ask()
    measured = of_kind(list(events), Measured)
    assert [(each.name, each.layer, each.part) for each in measured] == [
        ("weights", "n2", ""),
        ("judgement", "", "validation"),
    ]
    kernel, bias = measured[0].arrays["kernel"], measured[0].arrays["bias"]
    assert (kernel.shape, bias.shape) == ((4, 8), (8,))
    assert measured[1].arrays["matrix"].sum() == 20


def test_what_is_wanted_every_time_comes_at_every_chance() -> None:
    control = Control(frozenset({WEIGHTS, JUDGED}), every_time=True)
    events = train(small(), blobs(60), control=control, epochs=3, batch_size=40)
    measured = of_kind(events, Measured)
    assert [each.name for each in measured] == ["weights", "weights", "judgement"] * 3
    assert {each.part for each in measured if each.name == "judgement"} == {"training"}
    kernels = [each.arrays["kernel"] for each in measured if each.name == "weights"]
    assert not np.array_equal(kernels[0], kernels[-1])


def test_measured_arrays_are_read_only_copies() -> None:
    control = Control(frozenset({WEIGHTS, JUDGED}), every_time=True)
    events = train(small(), blobs(60), control=control, epochs=2)
    for each in of_kind(events, Measured):
        for array in each.arrays.values():
            assert not array.flags.writeable


def test_predictions_are_measured_in_the_target_s_units() -> None:
    control = Control(frozenset({JUDGED, Wanted("scores")}), every_time=True)
    prepared = noisy_plane(validation=20, scale=10.0, mean=5.0)
    events = train(small(1, "linear"), prepared, control=control, epochs=1)
    measured = {each.name: each.arrays for each in of_kind(events, Measured)}
    assert not measured["scores"]
    actual = prepared.y[prepared.rows.validation] * 10 + 5
    np.testing.assert_allclose(measured["judgement"]["truth"], actual, rtol=1e-5)
    assert measured["judgement"]["outputs"].shape == (20, 1)


def test_while_training_the_test_rows_are_not_looked_at() -> None:
    wanted = {Wanted("judgement", setting=part) for part in (None, "training", "test")}
    control = Control(frozenset(wanted), every_time=True)
    prepared = blobs(60, validation=20)
    events = train(small(), prepared, control=control, epochs=1)
    measured = of_kind(events, Measured)
    assert {(each.setting, each.part) for each in measured} == {
        (None, "validation"),
        ("training", "training"),
    }


def test_what_is_handed_out_is_read_only() -> None:
    end = finished(train(lively(), blobs(60), epochs=1)).trained
    arrays = [*end.weights.values(), *(a for slot in end.slots.values() for a in slot.values())]
    assert arrays
    assert not any(array.flags.writeable for array in arrays)
