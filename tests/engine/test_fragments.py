import json

import pytest

from engine import layers
from engine.design import Design, Link
from engine.errors import DesignError
from engine.fragment_text import from_text, to_text
from engine.fragments import Fragment, free_name
from engine.groups import Group
from engine.presets import presets
from engine.project import Project
from engine.shapes import walk

DENSE, RELU = layers.Dense(units=8), layers.Activation(function="relu")
CHAIN = Design.chain(layers.Input(), DENSE, RELU, layers.Dropout(0.25))


def text(*entries: object, **more: object) -> str:
    return json.dumps({"glasswork": "layers", "layers": list(entries), **more})


# ── parts of a design ───────────────────────────────────────────────────────────────────────


def test_what_is_cut_out_has_the_links_and_whole_groups_inside_it() -> None:
    whole = Group(id="group 1", name="Head", members=("n2", "n3"), folded=True)
    torn = Group(id="group 2", name="Tail", members=("n4",))
    project = Project(design=CHAIN, groups=(whole, torn))
    part = Fragment.cut_from(project, ["n2", "n3"], {"n1": (0, 0), "n2": (5, 6)})
    assert [node.name for node in part.design.nodes] == ["dense_1", "activation_1"]
    assert part.design.links == (Link(source="n2", target="n3"),)
    assert (part.groups, dict(part.places)) == ((whole,), {"n2": (5, 6)})
    assert (part.entrances, part.exit) == (("n2",), "n3")


def test_joining_counts_names_up_and_takes_new_ids() -> None:
    part = Fragment.cut_from(Project(design=CHAIN), ["n2", "n3"])
    design, ids = part.joined_to(CHAIN)
    assert ids == {"n2": "n5", "n3": "n6"}
    assert [node.name for node in design.nodes[-2:]] == ["dense_2", "activation_2"]
    assert design.links[-1] == Link(source="n5", target="n6")
    assert Design.from_plain(design.model_dump()) == design
    assert free_name({"encoder", "encoder_2"}, "encoder") == "encoder_3"


def test_a_merge_with_one_input_is_an_entrance_and_an_input_is_none() -> None:
    assert Fragment.of(layers.Input()).entrances == ()
    assert Fragment.of(layers.Add()).entrances == ("n1",)
    fed_once = Fragment(Design.chain(DENSE, layers.Add()))
    assert fed_once.entrances == ("n1", "n2")


def test_a_block_with_a_skip_takes_the_width_that_comes_in() -> None:
    block = Fragment(Design.chain(DENSE, layers.Dropout(0.1), layers.Add()))
    assert block.fitted(20).design.node("dense_1").layer.units == 20
    assert block.fitted(8) is block
    assert block.fitted(None) is block
    side = Fragment(Design.chain(DENSE, layers.Concatenate()))
    assert side.fitted(20) is side, "what is put side by side need not be of one width"


def test_layers_taken_out_leave_a_healed_chain() -> None:
    design = CHAIN.detach(["dense_1", "activation_1"])
    assert design.links == (Link(source="n1", target="n4"), Link(source="n2", target="n3"))
    assert design.nodes == CHAIN.nodes
    assert CHAIN.detach(["input"]).links == CHAIN.links[1:]


# ── presets ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("preset", presets(), ids=lambda each: each.key)
@pytest.mark.parametrize("width", [3, 64])
def test_every_preset_fits_behind_any_width(preset, width: int) -> None:
    block = preset.fragment.fitted(width)
    design, ids = block.joined_to(Design.chain(layers.Input()))
    for entrance in block.entrances:
        design = design.connect("n1", ids[entrance])
    assert not [each for each in walk(design, width).problems if each.severity == "error"]
    assert (preset.label, preset.tip) != ("", "")


# ── as text ─────────────────────────────────────────────────────────────────────────────────


def test_the_text_is_readable_and_read_back() -> None:
    group = Group(id="group 1", name="Head", members=("n2", "n3"), folded=True)
    project = Project(design=CHAIN, groups=(group,))
    part = Fragment.cut_from(project, ["n2", "n3"], {"n2": (0.0, 0.0), "n3": (248.0, 0.0)})
    written = to_text(part)
    assert '{"name": "dense_1", "kind": "dense", "units": 8, "at": [0.0, 0.0]}' in written
    assert '{"name": "activation_1", "kind": "activation", "function": "relu"' in written
    assert '["dense_1", "activation_1"]' in written
    back = from_text(written)
    assert [node.layer for node in back.design.nodes] == [DENSE, RELU]
    assert len(back.design.links) == 1
    assert list(back.places.values()) == [(0.0, 0.0), (248.0, 0.0)]
    assert [(each.name, len(each.members), each.folded) for each in back.groups] == [
        ("Head", 2, True)
    ]


def test_every_kind_of_layer_survives_the_text() -> None:
    for kind in layers.Layer.members():
        assert from_text(to_text(Fragment.of(kind()))).design.nodes[0].layer == kind()
    edited = layers.Dense(3, activation="leaky_relu", initializer="he_normal", l2=0.1, bias=False)
    assert from_text(to_text(Fragment.of(edited))).design.nodes[0].layer == edited


def test_by_hand_names_options_and_links_may_be_left_out() -> None:
    read = from_text(text({"kind": "dense"}, {"kind": "dense", "units": 3}))
    assert [node.name for node in read.design.nodes] == ["dense_1", "dense_2"]
    assert (read.design.links, dict(read.places), read.name) == ((), {}, "")


@pytest.mark.parametrize(
    "said", ["", "hello", "[]", "[" * 5000, '{"glasswork": "layers"}', "{}", text()]
)
def test_a_text_without_layers_says_so(said: str) -> None:
    with pytest.raises(DesignError, match="holds no layers"):
        from_text(said)


A = {"name": "a", "kind": "dense"}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (text({"name": "a", "kind": "dens"}), "layer a: kind should be one of .*, not 'dens'"),
        (text({"name": "a"}), "layer a: kind is missing"),
        (text(A | {"units": -3}), "layer a: units should .* 1, not -3"),
        (text(A | {"unit": 3}), "layer a: unit is not a known option"),
        (text(A | {"activation": "rel"}), "layer a: activation should be one of"),
        (text(A | {"at": [1]}), "layer a: at should be two numbers"),
        (text(A | {"at": [True, 0]}), "layer a: at should be two numbers"),
        (text(A | {"at": [1e300, 0]}), "layer a: at should be two numbers"),
        (text(A, A), "two layers are named 'a'"),
        (text(A | {"name": "x/y"}), "layer x/y: name should"),
        (text(A | {"name": 3}), "layer 1: name should"),
        (text("dense"), "layer 1 should be options in braces"),
        (text(A, links=[["a", "b"]]), "the link from a to b: there is no layer 'b'"),
        (text(A, links=[["a", "a"]]), "cycle"),
        (text(A, links=["a to b"]), "a link should be two names"),
        (text(A, links=7), '"links" should be a list'),
        (text(A, groups=["g"]), "a group should have"),
        (text(A, groups=[{"name": "g", "layers": ["b"]}]), "the group g: there is no layer 'b'"),
        (text(A, groups=[{"name": "", "layers": ["a"]}]), None),
        (text(A, groups=[{"name": "g" * 99, "layers": ["a"]}]), "group g+: name should"),
        (text(A).replace("}]", "},]"), "not JSON any more: .* line 1, column"),
    ],
)
def test_a_text_that_makes_no_sense_names_the_layer_and_the_field(
    said: str, words: str | None
) -> None:
    if words is None:
        assert from_text(said).groups[0].name == "Group 1"
        return
    with pytest.raises(DesignError, match=words) as refusal:
        from_text(said)
    assert "\n" not in str(refusal.value)


def test_what_earlier_versions_copied_is_read() -> None:
    nodes = [
        {"id": "n7", "name": "x", "layer": {"kind": "dense", "units": 5}},
        {"id": "n9", "name": "y", "layer": {"kind": "dropout"}},
    ]
    older = {
        "kind": "glasswork layers",
        "nodes": nodes,
        "links": [{"source": "n7", "target": "n9"}],
        "layout": [{"id": "n7", "x": 1, "y": 2}, {"id": "n9", "z": 4}],
    }
    read = from_text(json.dumps(older))
    assert [node.name for node in read.design.nodes] == ["x", "y"]
    assert (len(read.design.links), dict(read.places)) == (1, {"n7": (1.0, 2.0)})
