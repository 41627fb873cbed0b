"""What files of earlier versions kept in another form, as it is kept now."""

from collections.abc import Mapping

from engine.optimizers import Adam, Optimizer
from engine.project import Arrays

Slots = Mapping[str, Arrays]


def modern_slots(slots: Slots, optimizer: Optimizer) -> Slots:
    """Adam once kept its moments `m` and `v`; since 0.2 the decayed sums they are shares of."""
    if set(slots) != {"m", "v"} or not isinstance(optimizer, Adam):
        return slots
    return {
        "sum": _divided(slots["m"], 1 - optimizer.beta_1),
        "square_sum": _divided(slots["v"], 1 - optimizer.beta_2),
    }


def _divided(arrays: Arrays, share: float) -> Arrays:
    found = {key: (array / share).astype(array.dtype) for key, array in arrays.items()}
    for array in found.values():
        array.setflags(write=False)
    return found
