"""Columns of neurons: which are shown, how they are linked, and what stands beneath."""

from PySide6.QtWidgets import QApplication

from engine import layers
from engine.design import Design
from engine.shapes import walk
from gui import theme
from gui.picture import output
from gui.picture.choices import Choices
from gui.picture.columns import Column, Columns, columns
from gui.picture.in_columns import in_columns


def dense(units: int, activation: str = "linear") -> layers.Dense:
    return layers.Dense(units=units, activation=activation)


def residual() -> Design:
    """Input, a Dense beside which the input is led on, their sum, an output."""
    design = Design.chain(layers.Input(), dense(4, "relu"), layers.Add(), dense(2, "softmax"))
    return design.connect("input", "add_1")


def of(design: Design, width: int | None = 4, **choices: object) -> Columns:
    return columns(design, walk(design, width), Choices(**choices))


def named(found: Columns, name: str) -> Column:
    return next(each for each in found.columns if each.words[0][0] == name)


def beneath(column: Column) -> list[str]:
    return [text for text, _ in column.words]


def test_a_small_layer_shows_all_its_neurons_linked_with_all() -> None:
    found = of(Design.chain(layers.Input(), dense(3, "tanh")))
    first, second = found.columns
    assert (len(first.rows.heights), len(second.rows.heights), second.rows.left_out) == (4, 3, 0)
    assert len(found.bundles[0].pairs) == 12
    assert beneath(first) == ["input", "4 inputs"]
    assert beneath(second) == ["dense_1", "3 outputs", "tanh"]


def test_a_large_layer_shows_the_first_and_last_and_counts_the_others() -> None:
    found = named(of(Design.chain(layers.Input(), dense(64)), neurons=6), "dense_1")
    assert list(found.rows.heights) == [0, 1, 2, 61, 62, 63]
    assert found.rows.left_out == 58
    assert sorted(found.rows.heights.values()) == list(found.rows.heights.values())


def test_to_leave_out_two_neurons_saves_no_room() -> None:
    assert named(of(Design.chain(layers.Input(), dense(10))), "dense_1").rows.left_out == 0
    assert named(of(Design.chain(layers.Input(), dense(11))), "dense_1").rows.left_out == 3


def test_what_has_no_weights_is_told_of_beneath_the_layer_before_it() -> None:
    relu, norm = layers.Activation(function="relu"), layers.BatchNormalization()
    design = Design.chain(layers.Input(), dense(8), norm, relu, layers.Dropout(rate=0.3), dense(1))
    found = of(design)
    assert len(found.columns) == 3
    told = beneath(named(found, "dense_1"))
    assert told == ["dense_1", "8 units", "batch norm", "relu", "dropout, rate 0.3"]
    assert beneath(named(found, "dense_2")) == ["dense_2", "1 output"]


def test_every_layer_has_a_column_where_that_is_wished() -> None:
    design = Design.chain(layers.Input(), dense(8), layers.Dropout(), dense(2))
    found = of(design, every=True)
    assert len(found.columns) == 4
    assert found.bundles[1].pairs == tuple((i, i) for i in range(8))


def test_what_two_layers_read_is_not_folded() -> None:
    design = Design.chain(layers.Input(), dense(4), layers.Dropout(), layers.Add(), dense(2))
    assert len(of(design.connect("dense_1", "add_1")).columns) == 5


def test_a_skip_is_an_arc_above_everything_it_passes() -> None:
    found = of(residual())
    arcs = [each for each in found.bundles if each.lane is not None]
    assert [(each.source.words[0][0], each.target.words[0][0]) for each in arcs] == [
        ("input", "add_1")
    ]
    passed = named(found, "dense_1")
    assert arcs[0].lane is not None
    assert arcs[0].lane < passed.y - passed.half
    assert named(found, "add_1").sign == "+"


def test_arcs_over_arcs_are_higher() -> None:
    design = Design.chain(layers.Input(), dense(4), dense(4), layers.Add(), layers.Add(), dense(2))
    design = design.connect("dense_1", "add_1").connect("input", "add_2")
    lanes = [each.lane for each in of(design).bundles if each.lane is not None]
    assert len(lanes) == 2
    assert lanes[1] < lanes[0]


def test_concatenated_neurons_lie_below_each_other() -> None:
    design = Design.chain(layers.Input(), dense(2)).add(dense(3), after=["input"], splice=False)
    design = design.add(layers.Concatenate(), after=["dense_1", "dense_2"])
    found = of(design)
    both = [each.pairs for each in found.bundles if each.target is named(found, "concatenate_1")]
    assert both == [((0, 0), (1, 1)), ((0, 2), (1, 3), (2, 4))]
    assert len(named(found, "concatenate_1").rows.heights) == 5


def test_branches_lie_below_each_other_without_touching() -> None:
    design = Design.chain(layers.Input(), dense(9)).add(dense(9), after=["input"], splice=False)
    found = of(design.add(layers.Add(), after=["dense_1", "dense_2"]))
    first, second = sorted((named(found, "dense_1"), named(found, "dense_2")), key=lambda c: c.y)
    assert first.x == second.x
    assert first.y - first.half + first.height < second.y - second.half
    assert (first.is_top, second.is_top) == (True, False)


def test_widths_may_not_be_known_yet() -> None:
    found = of(Design.chain(layers.Input(), dense(3)), width=None)
    assert [beneath(each)[1] for each in found.columns] == ["width not known yet"] * 2


def test_names_and_figures_can_be_left_out() -> None:
    design = Design.chain(layers.Input(), dense(3))
    assert of(design, names=False).columns[1].words[0][0] == "3 outputs"
    assert of(design, names=False, figures=False).columns[1].words == []


def test_arcs_signs_and_counts_are_painted(qapp: QApplication) -> None:
    """In the colour that only what merges has."""
    design = Design.chain(layers.Input(), dense(64), layers.Add(), dense(2))
    design = design.connect("input", "add_1")
    for name in ("light", "dark"):
        choices = Choices(style="columns", colours=name)
        drawn = in_columns(design, walk(design, 64), choices, "residual")
        svg = output.svg(drawn, choices).decode().upper()
        token = {"light": theme.LIGHT, "dark": theme.DARK}[name].merge
        assert svg.count(f'STROKE="{token}"') > 2
        assert f'FILL="{token}"' in svg


def test_the_area_holds_columns_words_and_arcs(qapp: QApplication) -> None:
    design = residual()
    found = of(design)
    area = in_columns(design, walk(design, 4), Choices(), "residual").area
    for column in found.columns:
        assert area.top() < column.y - column.half
        assert column.y - column.half + column.height < area.bottom()
    assert area.top() < found.top
