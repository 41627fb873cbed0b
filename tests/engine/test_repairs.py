"""What mends a problem is data beside it."""

from engine import layers
from engine.design import Design
from engine.repairs import Repair, setting

DESIGN = Design.chain(layers.Input(), layers.Dense(8), layers.Add())


def test_a_repair_sets_one_option_of_one_layer() -> None:
    repair = setting(DESIGN, "n2", "units", 3)
    assert repair == Repair("n2", "units", 3, "Set the units of dense_1 to 3")
    assert repair.applied(DESIGN).node("n2").layer == layers.Dense(3)


def test_a_layer_without_the_option_has_no_such_repair() -> None:
    assert setting(DESIGN, "n3", "units", 3) is None
