"""What files of earlier versions kept in another form."""

import numpy as np
import pytest

from engine.files.upgrades import modern_slots
from engine.optimizers import SGD, Adam, AdamW
from engine.project import ArrayKey

KEY: ArrayKey = ("n2", "kernel")


@pytest.mark.parametrize(
    "optimizer", [Adam(beta_1=0.8, beta_2=0.99), AdamW(beta_1=0.8, beta_2=0.99)]
)
def test_moments_become_the_sums_they_are_shares_of(optimizer: Adam) -> None:
    m, v = np.full((2, 3), 0.5, np.float32), np.full((2, 3), 0.25, np.float32)
    found = modern_slots({"m": {KEY: m}, "v": {KEY: v}}, optimizer)
    assert tuple(found) == optimizer.slots
    np.testing.assert_allclose(found["sum"][KEY], 2.5, rtol=1e-6)
    np.testing.assert_allclose(found["square_sum"][KEY], 25, rtol=1e-6)
    assert found["sum"][KEY].dtype == np.float32
    assert not found["sum"][KEY].flags.writeable


def test_all_else_stays_as_it_is() -> None:
    slots = {"velocity": {KEY: np.ones(2)}}
    assert modern_slots(slots, SGD()) is slots
    assert modern_slots({}, Adam()) == {}
