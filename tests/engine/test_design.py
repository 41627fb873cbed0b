"""Designs as values: every edit makes a new one, and what cannot be is refused with its reason."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.design import Design, Link
from engine.errors import DesignError
from engine.layers import Activation, Add, Concatenate, Dense, Dropout, Input, Layer
from tests.engine.helpers.designs import LAYERS, random_design


def chain() -> Design:
    return Design.chain(Input(), Dense(8), Dense(3))


def residual() -> Design:
    """Input → dense_1 → dense_2 → add_1 ← dense_1."""
    design = Design.chain(Input(), Dense(4), Dense(4))
    return design.add(Add(), after=["dense_2", "dense_1"])


def names(design: Design) -> list[str]:
    return [node.name for node in design.nodes]


def linked(design: Design) -> set[tuple[str, str]]:
    """All links by the names of the layers."""
    return {(design.node(a.source).name, design.node(a.target).name) for a in design.links}


def link(design: Design, source: str, target: str) -> Link:
    return Link(source=design.node(source).id, target=design.node(target).id)


def parents(design: Design, name: str) -> list[str]:
    return [design.node(each).name for each in design.parents(design.node(name).id)]


# ── building ────────────────────────────────────────────────────────────────────────────────


def test_a_chain_is_named_and_linked() -> None:
    assert names(chain()) == ["input", "dense_1", "dense_2"]
    assert linked(chain()) == {("input", "dense_1"), ("dense_1", "dense_2")}
    assert [node.id for node in chain().nodes] == ["n1", "n2", "n3"]


def test_add_splices_into_what_follows() -> None:
    design = chain().add(Dropout(), name="drop", after=["dense_1"])
    assert linked(design) == {("input", "dense_1"), ("dense_1", "drop"), ("drop", "dense_2")}
    assert names(chain()) == ["input", "dense_1", "dense_2"]


def test_add_may_branch_off() -> None:
    design = chain().add(Dense(2), after=["n2"], splice=False)
    assert linked(design) == linked(chain()) | {("dense_1", "dense_3")}


def test_add_after_several_takes_them_in_order() -> None:
    design = chain().add(Concatenate(), after=["dense_2", "input", "dense_1"])
    assert parents(design, "concatenate_1") == ["dense_2", "input", "dense_1"]


def test_add_without_a_place_is_loose() -> None:
    assert linked(chain().add(Dense())) == linked(chain())


@pytest.mark.parametrize("name", ["a/b", " a", "", "x" * 81])
def test_names_that_cannot_be_used_are_refused(name: str) -> None:
    with pytest.raises(DesignError, match="name should be 1 to 80 characters"):
        chain().rename("dense_1", name)
    if name:
        with pytest.raises(DesignError, match="name should be 1 to 80 characters"):
            chain().add(Dense(), name=name)


def test_a_name_is_given_once() -> None:
    with pytest.raises(DesignError, match="there is already a layer named 'dense_1'"):
        chain().add(Dense(), name="dense_1")
    with pytest.raises(DesignError, match="there is already a layer named 'dense_1'"):
        chain().rename("dense_2", "dense_1")
    assert names(chain().rename("dense_2", "dense_2")) == names(chain())


def test_ids_are_never_given_twice() -> None:
    design = chain().remove(["dense_2"]).add(Dense())
    assert [node.id for node in design.nodes] == ["n1", "n2", "n4"]
    plain = json.loads(chain().to_json())
    del plain["next_id"]
    assert Design.from_plain(plain).add(Dense()).nodes[-1].id == "n4"


def test_insert_keeps_the_place_among_the_inputs() -> None:
    design = residual()
    inserted = design.insert(Activation(), link(design, "dense_2", "add_1"))
    assert parents(inserted, "add_1") == ["activation_1", "dense_1"]
    assert parents(inserted, "activation_1") == ["dense_2"]


def test_insert_refuses_what_cannot_be() -> None:
    design = chain()
    with pytest.raises(DesignError, match="that link is not part of the design"):
        design.insert(Dropout(), Link(source="n1", target="n3"))
    with pytest.raises(DesignError, match="input_1 is an Input: it takes no link"):
        design.insert(Input(), link(design, "dense_1", "dense_2"))


def test_connect_disconnect_and_reroute() -> None:
    design = chain()
    loose = design.disconnect(link(design, "dense_1", "dense_2"))
    assert linked(loose) == {("input", "dense_1")}
    assert linked(loose.connect("input", "dense_2")) == {("input", "dense_1"), ("input", "dense_2")}
    design = residual()
    moved = design.reroute(link(design, "dense_2", "add_1"), link(design, "input", "add_1"))
    assert parents(moved, "add_1") == ["input", "dense_1"]
    with pytest.raises(DesignError, match="would make a cycle"):
        design.reroute(link(design, "input", "dense_1"), link(design, "add_1", "dense_1"))


def test_remove_leaves_a_gap_or_heals_it() -> None:
    design = Design.chain(Input(), Dense(8), Dropout(), Dense(3))
    assert linked(design.remove(["dropout_1"])) == {("input", "dense_1")}
    healed = design.remove(["dropout_1", "dense_1"], heal=True)
    assert linked(healed) == {("input", "dense_2")}
    assert names(healed) == ["input", "dense_2"]


def test_healing_leaves_out_what_would_be_refused() -> None:
    design = Design.chain(Input(), Dense(4), Dense(4)).add(Add(), after=["dense_1", "dense_2"])
    design = design.add(Dense(1), after=["add_1"])
    healed = design.remove(["add_1"], heal=True)
    assert parents(healed, "dense_3") == ["dense_1"]
    twice = residual().remove(["dense_2"], heal=True)
    assert parents(twice, "add_1") == ["dense_1"]


def test_replace_keeps_id_name_and_links() -> None:
    design = chain().replace("dense_1", Dense(99))
    node = design.node("dense_1")
    assert (node.id, node.layer) == ("n2", Dense(99))
    assert linked(design) == linked(chain())
    assert design.node("dense_2") is not None


def test_rename_keeps_everything_else() -> None:
    design = chain().rename("dense_1", "hidden")
    assert linked(design) == {("input", "hidden"), ("hidden", "dense_2")}
    assert design.node("hidden").id == "n2"


# ── asking ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("n3", "n2", "linking to dense_1 would make a cycle"),
        ("n2", "n2", "linking to dense_1 would make a cycle"),
        ("n4", "n2", "linking to dense_1 would make a cycle"),
        ("n2", "n4", "add_1 already has this link"),
        ("n5", "n1", "input is an Input: it takes no link"),
        ("n5", "n3", "dense_2 takes one input and has one already; "),
        ("n5", "n4", None),
        ("n4", "n5", None),
    ],
)
def test_why_two_layers_cannot_be_linked(source: str, target: str, reason: str | None) -> None:
    design = residual().add(Dense(4))
    found = design.why_not(source, target)
    if reason is None:
        assert found is None
        assert len(design.connect(source, target).links) == len(design.links) + 1
    else:
        assert found is not None
        assert found.startswith(reason)
        with pytest.raises(DesignError, match=reason.split("; ")[0]):
            design.connect(source, target)


def test_an_unknown_layer_is_named() -> None:
    with pytest.raises(DesignError, match="there is no layer 'dense_9'"):
        chain().node("dense_9")
    assert chain().has("n2")
    assert not chain().has("dense_1")


def test_order_depth_and_ends() -> None:
    design = residual()
    assert design.order == ("n1", "n2", "n3", "n4")
    assert design.depth == 4
    assert (design.inputs, design.outputs) == (("n1",), ("n4",))
    assert design.ancestors("n4") == {"n1", "n2", "n3"}
    assert Design().depth == 0


# ── reading and writing ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", sorted(LAYERS))
def test_every_layer_goes_through_json(kind: str) -> None:
    design = chain().add(LAYERS[kind](), name="the one")
    assert Design.from_json(design.to_json()) == design


def plain(**changes: Any) -> dict[str, Any]:
    return json.loads(residual().to_json()) | changes


def node(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": f"n{number}", "name": f"d{number}", "layer": {"kind": "dense"}} | fields


def arrow(source: int, target: int) -> dict[str, str]:
    return {"source": f"n{source}", "target": f"n{target}"}


PAIR = [node(1), node(2)]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "design: value should be a valid dictionary"),
        (plain(colour=1), "design: colour is not a known option"),
        (plain(nodes=[node(1), node(1, name="x")]), "two layers of the design have the same id"),
        (plain(nodes=[node(1), node(2, name="d1")]), "two layers are named 'd1'; names must"),
        (plain(nodes=[node(1, layer={"kind": "conv"})]), "design: nodes.0.layer should be one of"),
        (
            plain(nodes=[node(1, layer={"kind": "dense", "units": 0})]),
            "design: nodes.0.layer.units should be greater than or equal to 1, not 0",
        ),
        (plain(nodes=PAIR, links=[arrow(1, 9)]), "a link from n1 to n9 ends nowhere"),
        (plain(nodes=PAIR, links=[arrow(1, 2), arrow(2, 1)]), "the links of the design make a"),
        (plain(nodes=PAIR, links=[arrow(1, 2)] * 2), "two links of the design join the same"),
        (
            plain(nodes=[*PAIR, node(3)], links=[arrow(1, 3), arrow(2, 3)]),
            "d3 has 2 inputs and takes 1",
        ),
        (
            plain(nodes=[node(1), node(2, layer={"kind": "input"})], links=[arrow(1, 2)]),
            "d2 has 1 inputs and takes 0",
        ),
    ],
)
def test_what_is_not_a_design_is_refused_in_one_sentence(value: Any, said: str) -> None:
    with pytest.raises(DesignError) as caught:
        Design.from_plain(value)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000])
def test_text_that_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(DesignError, match="this is not a design"):
        Design.from_json(text)


def test_designs_are_equal_by_value() -> None:
    assert residual() == residual()
    assert residual() != residual().rename("dense_1", "x")


# ── any edits ───────────────────────────────────────────────────────────────────────────────


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.data())
def test_any_edits_leave_a_sound_design(seed: int, data: st.DataObject) -> None:
    design = random_design(seed)
    for _ in range(data.draw(st.integers(1, 6))):
        design = edited(design, data)
        assert Design.from_json(design.to_json()) == design
        assert set(design.order) == {node.id for node in design.nodes}
        assert len(set(names(design))) == len(design.nodes)
        for each in design.links:
            assert design.order.index(each.source) < design.order.index(each.target)


def edited(design: Design, data: st.DataObject) -> Design:
    """One edit of any kind, at any place; a refused one leaves the design as it was."""
    if not design.nodes:
        return design.add(Input())
    pick = st.sampled_from([node.id for node in design.nodes])
    layer: Layer = LAYERS[data.draw(st.sampled_from(sorted(LAYERS)))]()
    one, other = data.draw(pick), data.draw(pick)
    what = data.draw(st.sampled_from(["add", "insert", "connect", "remove", "heal", "cut", "move"]))
    ways = data.draw(st.sampled_from(design.links)) if design.links else None
    try:
        if what == "add":
            return design.add(layer, after=[one])
        if what == "connect":
            return design.connect(one, other)
        if what in ("remove", "heal"):
            return design.remove([one], heal=what == "heal")
        if ways and what == "insert":
            return design.insert(layer, ways)
        if ways and what == "cut":
            return design.disconnect(ways)
        return design.reroute(ways, Link(source=one, target=other)) if ways else design
    except DesignError:
        return design


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_inserting_and_healing_undo_each_other(seed: int) -> None:
    design = random_design(seed)
    for each in design.links:
        there = design.insert(Dropout(), each)
        back = there.remove([there.nodes[-1].id], heal=True)
        assert back.nodes == design.nodes
        for one in design.nodes:
            assert back.parents(one.id) == design.parents(one.id)
