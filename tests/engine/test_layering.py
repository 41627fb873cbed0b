"""Layers behind what feeds them, apart from each other, and few crossings."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layering import Spacing, layered

SPACING = Spacing(step=100.0, box=40.0, lane=10.0)
Parents = dict[str, tuple[str, ...]]


@st.composite
def graphs(draw: st.DrawFn) -> Parents:
    count = draw(st.integers(1, 14))
    names = [f"n{number}" for number in range(count)]
    return {
        name: tuple(draw(st.sets(st.sampled_from(names[:number]), max_size=3)) if number else ())
        for number, name in enumerate(names)
    }


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_every_box_lies_behind_its_parents_and_covers_no_other(parents: Parents) -> None:
    places = layered(list(parents), parents, SPACING)
    assert places.keys() == parents.keys()
    for box, before in parents.items():
        assert all(places[each][0] + SPACING.step <= places[box][0] for each in before)
    for (x, y), (other_x, other_y) in combinations(places.values(), 2):
        assert x != other_x or abs(y - other_y) >= SPACING.box - 1e-6


def test_a_chain_is_a_straight_line() -> None:
    names = [f"n{number}" for number in range(6)]
    parents = dict(zip(names, [(), *((name,) for name in names)], strict=False))
    assert layered(names, parents, SPACING) == {
        name: (100.0 * number, 0.0) for number, name in enumerate(names)
    }


def test_branches_are_put_so_that_they_do_not_cross() -> None:
    parents: Parents = {"a": (), "b": (), "c": (), "x": ("c",), "y": ("b",), "z": ("a",)}
    places = layered(list(parents), parents, SPACING)
    sources = sorted("abc", key=lambda name: places[name][1])
    targets = sorted("xyz", key=lambda name: places[name][1])
    assert [parents[each] for each in targets] == [(each,) for each in sources]


def test_a_skip_has_a_lane_of_its_own_beside_what_it_skips() -> None:
    parents: Parents = {"a": (), "b": ("a",), "c": ("b",), "d": ("c", "a")}
    places = layered(list(parents), parents, SPACING)
    straight = [places[name][1] for name in "abcd"]
    assert max(straight) - min(straight) < SPACING.box
    assert places["b"][1] == places["c"][1]


def test_nothing_has_no_places() -> None:
    assert layered([], {}, SPACING) == {}


def test_far_links_in_great_number_need_no_lanes() -> None:
    names = [f"n{number}" for number in range(300)]
    parents: Parents = {name: tuple(names[max(0, k - 1) : k]) for k, name in enumerate(names)}
    parents[names[-1]] = tuple(names[:-1])
    places = layered(names, parents, SPACING)
    assert all(places[a][0] < places[b][0] for a, b in pairwise(names))
