"""What a training left is measured as it was while it ran."""

from dataclasses import replace

import numpy as np
import pytest

from engine.control import Control, Wanted
from engine.data.dataset import Prepared, Rows
from engine.design import Design
from engine.events import Measured
from engine.measuring import measure
from tests.engine.helpers.rows import blobs, noisy_plane
from tests.engine.helpers.training import (
    finished,
    lively,
    of_kind,
    project_of,
    small,
    train,
)

CASES = [
    (lively(), blobs(90, validation=20), "judgement", "validation"),
    (lively(), blobs(90), "judgement", "training"),
    (small(1, "linear"), noisy_plane(validation=20, scale=3.0), "judgement", "validation"),
]


@pytest.mark.parametrize(("design", "prepared", "probe", "part"), CASES)
def test_the_last_measurements_are_back(
    design: Design, prepared: Prepared, probe: str, part: str
) -> None:
    wanted = frozenset({Wanted(probe), Wanted("weights", "n3")})
    events = train(design, prepared, control=Control(wanted, every_time=True), epochs=2)
    last = {each.name: each for each in of_kind(events, Measured)}
    again = measure(project_of(design, epochs=2), prepared, finished(events).trained, wanted)
    assert [each.name for each in again] == ["weights", probe]
    for each in again:
        before = last[each.name]
        assert (each.layer, each.part, each.epoch) == (before.layer, before.part, 2.0)
        assert each.arrays.keys() == before.arrays.keys()
        for name, array in each.arrays.items():
            np.testing.assert_array_equal(array, before.arrays[name])
            assert not array.flags.writeable
    assert again[-1].part == part


def test_arrays_alone_need_no_rows() -> None:
    prepared = blobs(60)
    trained = finished(train(small(), prepared, epochs=1)).trained
    wanted = [Wanted("weights", "n3"), Wanted("weights", "n2")]
    found = measure(project_of(small()), prepared, trained, wanted)
    assert [(each.layer, each.part) for each in found] == [("n2", ""), ("n3", "")]
    assert measure(project_of(small()), prepared, trained, []) == ()


def test_the_test_rows_are_measured_where_they_are_asked_for() -> None:
    prepared = blobs(90, validation=20)
    rows = Rows(prepared.rows.train[:40], prepared.rows.validation, prepared.rows.train[40:])
    prepared = replace(prepared, rows=rows)
    trained = finished(train(small(), prepared, epochs=1)).trained
    wanted = [Wanted("judgement", setting=each) for each in (None, "training", "test")]
    found = {each.setting: each for each in measure(project_of(small()), prepared, trained, wanted)}
    assert [found[part].part for part in (None, "training", "test")] == [
        "validation",
        "training",
        "test",
    ]
    for part, of_part in ((None, rows.validation), ("training", rows.train), ("test", rows.test)):
        np.testing.assert_array_equal(found[part].arrays["rows"], of_part)
        np.testing.assert_array_equal(found[part].arrays["truth"], prepared.y[of_part])
        assert found[part].arrays["total"] == len(of_part)
