"""Widths, parameter counts and problems that follow from a design."""

import pytest

from engine.design import Design, Link
from engine.layers import Add, BatchNormalization, Concatenate, Dense, Dropout, Input, Layer
from engine.shapes import Problem, walk
from tests.engine.helpers.designs import LAYERS


def by_name(design: Design, width: int | None = 4) -> dict[str, int]:
    found = walk(design, width)
    return {design.node(each).name: width for each, width in found.widths.items()}


def test_widths_and_counts_of_the_digits_design() -> None:
    design = Design.chain(
        Input(), Dense(64, activation="relu"), Dropout(), Dense(10, activation="softmax")
    )
    found = walk(design, 64)
    assert list(found.widths.values()) == [64, 64, 64, 10]
    assert [found.parameters(node.id) for node in design.nodes] == [0, 4160, 0, 650]
    assert found.total == 4810
    assert found.problems == ()


# Output width and trained numbers of each kind, fed by three layers of width 4 (or by one).
EXPECTED = {
    "dense": (5, 25),
    "activation": (4, 0),
    "dropout": (4, 0),
    "gaussian_noise": (4, 0),
    "batch_normalization": (4, 8),
    "layer_normalization": (4, 8),
    "add": (4, 0),
    "multiply": (4, 0),
    "average": (4, 0),
    "concatenate": (12, 0),
}


def test_every_layer_has_its_width() -> None:
    assert set(EXPECTED) == set(Layer.family) - {"input"}


@pytest.mark.parametrize("kind", EXPECTED)
def test_width_and_count_of_every_layer(kind: str) -> None:
    layer = LAYERS[kind]()
    inputs = (4,) if layer.max_inputs == 1 else (4, 4, 4)
    ops = layer.lower(inputs)
    assert layer.width(inputs) == EXPECTED[kind][0]
    assert (ops[-1].output_width if ops else 4) == EXPECTED[kind][0]
    assert sum(op.trained_size for op in ops) == EXPECTED[kind][1]


@pytest.mark.parametrize("kind", sorted(LAYERS))
def test_every_layer_can_be_shown(kind: str) -> None:
    layer = LAYERS[kind]()
    assert layer.summary
    assert layer.formula
    assert (layer.activation_kind is not None) == (kind in ("dense", "activation"))
    assert 0 <= layer.min_inputs <= (layer.max_inputs or layer.min_inputs)


def test_summaries_are_short_and_plain() -> None:
    assert Dense(64, activation="leaky_relu").summary == "64 units · leaky relu"
    assert Dense(1).summary == "1 unit · linear"
    assert Dense(4096).summary == "4,096 units · linear"
    assert Dropout(0.25).summary == "rate 0.25"


def test_the_width_of_an_input_comes_from_the_data() -> None:
    assert by_name(Design.chain(Input(), Dense(3)), None) == {}
    with pytest.raises(NotImplementedError):
        Input().width(())
    assert Input().lower(()) == ()


def test_moving_figures_are_not_counted_as_trained() -> None:
    design = Design.chain(Input(), BatchNormalization())
    found = walk(design, 10)
    (op,) = found.ops["n2"]
    assert (found.total, op.state_size) == (20, 20)


# ── problems ────────────────────────────────────────────────────────────────────────────────

BODY = Design.chain(Input(), Dense(4), Dense(4))
PROBLEMS: list[tuple[str, Design, str, str]] = [
    ("empty", Design(), "", "the design is empty"),
    ("no input", Design.chain(Dense(4)), "", "there is no Input layer"),
    ("unlinked", Design.chain(Dense(4)), "dense_1", "dense_1 has no input"),
    ("second input", BODY.add(Input()), "input_1", "input_1 is a second Input"),
    ("loose end", BODY.add(Dense(), after=["n2"], splice=False), "", "leads nowhere"),
    ("one to merge", BODY.add(Add(), after=["n3"]), "add_1", "merges 2 or more layers and has 1"),
    (
        "widths",
        BODY.add(Dense(7), after=["n2"], splice=False).add(Add(), after=["n3", "n4"]),
        "add_1",
        "add_1: Add needs inputs of one width, not 4 and 7",
    ),
]


@pytest.mark.parametrize(
    ("design", "where", "said"), [p[1:] for p in PROBLEMS], ids=[p[0] for p in PROBLEMS]
)
def test_problems_say_where_and_what_to_do(design: Design, where: str, said: str) -> None:
    found = [each for each in walk(design, 4).problems if said in each.message]
    assert len(found) == 1
    assert found[0].severity == "error"
    assert found[0].fix.endswith(".")
    if where:
        assert found[0].where == design.node(where).id


def test_nothing_is_known_behind_a_problem() -> None:
    design = Design.chain(Input(), Dense(4)).add(Dense(5)).add(Dense(6), after=["dense_2"])
    assert by_name(design) == {"input": 4, "dense_1": 4}


def test_the_longest_way_is_the_main_one() -> None:
    design = BODY.add(Dense(2), name="stray", after=["n1"], splice=False)
    (problem,) = walk(design, 4).problems
    assert problem == Problem("error", "n4", "stray leads nowhere", "Link it on, or delete it.")


def test_a_cycle_is_left_out() -> None:
    cyclic = Design(
        nodes=BODY.nodes,
        links=(*BODY.links[:1], Link(source="n2", target="n3"), Link(source="n3", target="n2")),
    )
    assert walk(cyclic, 4).widths == {"n1": 4}


def test_concatenate_takes_any_widths() -> None:
    design = BODY.add(Concatenate(), after=["n1", "n3"])
    assert by_name(design, 9)["concatenate_1"] == 13
