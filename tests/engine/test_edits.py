"""What an edit of a trained design keeps: arrays that still fit; and it says so."""

import numpy as np
import pytest

from engine.data import Column, DataRecipe
from engine.data.sources import TableFile
from engine.design import Design, Link
from engine.edits import carry_over, deals_anew
from engine.layers import BatchNormalization, Dense, Dropout, Input
from engine.project import Project, Trained
from tests.engine.helpers.rows import blobs
from tests.engine.helpers.training import finished, small, train, trainer_of

DESIGN = Design.chain(
    Input(), Dense(8, activation="tanh"), BatchNormalization(), Dense(3, activation="softmax")
)


def trained(design: Design = DESIGN) -> Trained:
    return finished(
        train(design, blobs(validation=20), epochs=2, early_stopping={"patience": 9})
    ).trained


def kept(design: Design) -> tuple[Trained | None, str]:
    return carry_over(trained(), Project(design=design))


def test_an_edit_of_options_keeps_everything() -> None:
    before = trained()
    after, said = carry_over(before, Project(design=DESIGN.rename("dense_1", "hidden")))
    assert said == "Kept all weights."
    assert after is not None
    assert after.weights.keys() == before.weights.keys()
    assert after.history == before.history
    assert all(after.weights[key] is before.weights[key] for key in before.weights)


def test_other_units_begin_anew_with_all_that_depends_on_them() -> None:
    after, said = kept(DESIGN.replace("dense_1", Dense(5)))
    assert said == "Kept of dense_2 the bias; dense_1, batch_normalization_1 begin anew."
    assert after is not None
    assert set(after.weights) == {("n4", "bias")}


def test_other_units_at_the_end_keep_what_lies_before() -> None:
    after, said = kept(DESIGN.replace("dense_2", Dense(4, activation="softmax")))
    assert said == "Kept the weights of dense_1, batch_normalization_1; dense_2 begins anew."
    assert after is not None
    assert {layer for layer, _ in after.weights} == {"n2", "n3"}
    assert {layer for layer, _ in after.slots["sum"]} == {"n2", "n3"}


def test_a_layer_inserted_keeps_the_others() -> None:
    after, said = kept(DESIGN.insert(Dropout(), DESIGN.links[0]))
    assert said == "Kept all weights."
    after, said = kept(DESIGN.insert(Dense(8), DESIGN.links[1]))
    assert (
        said == "Kept the weights of dense_1, batch_normalization_1, dense_2; dense_3 begins anew."
    )
    assert after is not None


def test_a_layer_removed_takes_its_arrays_along() -> None:
    after, said = kept(DESIGN.remove(["batch_normalization_1"], heal=True))
    assert said == "Kept the weights of dense_1, dense_2."
    assert after is not None
    assert {layer for layer, _ in after.weights} == {"n2", "n4"}


def test_a_layer_that_lost_its_input_keeps_its_arrays() -> None:
    loose = DESIGN.disconnect(Link(source="n2", target="n3"))
    before = trained()
    after, _ = carry_over(before, Project(design=loose))
    assert after is not None
    assert set(after.weights) == set(before.weights)
    again, said = carry_over(after, Project(design=loose.connect("n2", "n3")))
    assert said == "Kept all weights."
    assert again is not None


def test_nothing_left_is_nothing_trained() -> None:
    after, said = kept(Design.chain(Input()))
    assert after is None
    assert said == "Kept no weights."


def test_what_belonged_to_the_old_design_begins_anew() -> None:
    after, _ = kept(DESIGN.insert(Dropout(), DESIGN.links[0]))
    assert after is not None
    progress = after.progress
    assert progress.epoch == 2
    assert (progress.best, progress.wait, progress.row, progress.sums) == (None, 0, 0, ())
    assert not after.best
    assert not progress.random


def test_training_goes_on_with_what_was_kept() -> None:
    design = DESIGN.replace("dense_2", Dense(3, activation="softmax", bias=False))
    after, _ = kept(design)
    session = trainer_of(design, blobs(validation=20), trained=after, epochs=3).session
    assert after is not None
    np.testing.assert_array_equal(
        session.network.view("n2", "kernel"), after.weights["n2", "kernel"]
    )
    end = finished(train(design, blobs(validation=20), trained=after, epochs=3)).trained
    assert [record.epoch for record in end.history] == [1, 2, 3]


def test_a_small_design_is_kept_too() -> None:
    after, said = carry_over(trained(small()), Project(design=small().rename("dense_1", "a")))
    assert said == "Kept all weights."
    assert after is not None


def test_rows_of_another_width_begin_anew_where_they_come_in() -> None:
    before = trained()
    after, said = carry_over(before, Project(design=DESIGN), before.facts.width + 3)
    assert after is not None
    assert before.weights.keys() - after.weights.keys() == {(DESIGN.node("dense_1").id, "kernel")}
    assert "dense_1" in said


@pytest.mark.parametrize(
    ("changes", "anew"),
    [
        ({}, False),
        ({"columns": (Column(name="a"),)}, False),
        ({"scaling": "minmax"}, False),
        ({"split": {"seed": 1}}, True),
        ({"split": {"test": 0.3}}, True),
        ({"target": "b"}, True),
        ({"source": TableFile(sha256="1")}, True),
    ],
)
def test_rows_are_dealt_anew_by_what_decides_on_the_parts(changes, anew) -> None:
    before = DataRecipe(source=TableFile(sha256="0"))
    assert deals_anew(before, before.edited(**changes)) is anew
    assert not deals_anew(None, before)
    assert not deals_anew(before, None)
