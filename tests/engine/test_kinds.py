"""Families of frozen choices: made from names, mappings or values; edited; written and read."""

from typing import Any

import pytest
from pydantic import ValidationError

from engine.activations import Activation
from engine.data.recipe import DataRecipe, SplitRecipe
from engine.errors import sentence
from engine.initializers import Initializer
from engine.kinds import ChoiceOf, Kind, Value, field
from engine.layers import BatchNormalization, Dense, Layer
from engine.losses import Loss
from engine.optimizers import Adam, Optimizer
from engine.project import EarlyStopping, TrainingRecipe
from engine.schedules import Schedule

FAMILIES: list[type[Kind]] = [Activation, Initializer, Layer, Loss, Optimizer, Schedule]
MEMBERS = [member for family in FAMILIES for member in family.family.values()]


class Shape(Kind):
    """A family of the tests' own."""


class Circle(Shape):
    radius: float = field(1.0, "Radius", "From the middle to the rim.", unit="mm", gt=0, le=9)


class LongBox(Shape):
    label = "Box"
    sides: int = field(4, "Sides", ge=3)


class Holder(Value):
    shape: ChoiceOf[Shape] = Circle()


def test_members_are_registered_under_snake_case_names() -> None:
    assert Shape.family == {"circle": Circle, "long_box": LongBox}
    assert Shape.members() == (Circle, LongBox)
    assert (Circle.kind, Circle.label) == ("circle", "Circle")
    assert (LongBox.kind, LongBox.label) == ("long_box", "Box")
    assert BatchNormalization.kind == "batch_normalization"


def test_positional_values_fill_the_fields_in_order() -> None:
    assert Circle(2.0).radius == 2.0
    assert Dense(3, "relu").activation.kind == "relu"
    with pytest.raises(TypeError, match="Circle takes at most 1 values"):
        Circle(1.0, 2.0)


@pytest.mark.parametrize(
    "value", [Circle(2.0), {"kind": "circle", "radius": 2.0}, {"kind": "CIRCLE", "radius": 2}]
)
def test_a_choice_is_read_from_many_forms(value: Any) -> None:
    assert Holder(shape=value).shape == Circle(2.0)


def test_a_bare_name_has_the_defaults() -> None:
    assert Holder.model_validate({"shape": "long_box"}).shape == LongBox()


@pytest.mark.parametrize("value", ["triangle", {"sides": 3}, 7, None])
def test_an_unknown_choice_is_refused_with_the_valid_ones(value: Any) -> None:
    with pytest.raises(ValidationError, match="be one of circle, long_box, not") as caught:
        Holder.model_validate({"shape": value})
    assert sentence(caught.value).startswith("shape should be one of circle, long_box, not")


def test_values_are_frozen_and_know_their_fields() -> None:
    with pytest.raises(ValidationError):
        Circle().radius = 2.0
    with pytest.raises(ValidationError):
        Circle.model_validate({"radius": 1.0, "colour": "red"})
    with pytest.raises(ValidationError):
        Circle(float("nan"))


def test_an_edit_is_validated_as_a_whole() -> None:
    assert Circle(2.0).edited(radius=3.0) == Circle(3.0)
    assert Holder().edited(shape="long_box").shape == LongBox()
    with pytest.raises(ValidationError):
        Circle().edited(radius=0)


@pytest.mark.parametrize("value", ["7", True, 2.5])
def test_numbers_are_taken_strictly(value: Any) -> None:
    with pytest.raises(ValidationError):
        LongBox(sides=value)


@pytest.mark.parametrize("member", MEMBERS, ids=lambda each: each.__name__)
def test_every_member_is_written_and_read(member: type[Kind]) -> None:
    value = member()
    dumped = value.dump()
    assert next(iter(dumped)) == "kind"
    assert member.parse(dumped) == value
    assert member.parse(member.kind) == value
    assert member.parse(value) is value


@pytest.mark.parametrize("member", MEMBERS, ids=lambda each: each.__name__)
def test_every_member_can_be_shown(member: type[Kind]) -> None:
    """A form needs a label and a tip for the kind, and for each of its fields."""
    assert member.label
    assert member.tip
    assert member.tip.endswith(".")
    for name, info in member.model_fields.items():
        assert info.title, name
        assert info.description, name
        assert isinstance(info.json_schema_extra, dict), name


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.__name__)
def test_labels_differ_within_a_family(family: type[Kind]) -> None:
    labels = [member.label for member in family.family.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("recipe", [TrainingRecipe, EarlyStopping, SplitRecipe])
def test_every_field_of_a_recipe_can_be_shown(recipe: type[Value]) -> None:
    for name, info in recipe.model_fields.items():
        assert info.title, name
        assert info.description, name


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"epochs": 0}, "epochs should be greater than or equal to 1, not 0"),
        ({"epochs": "many"}, "epochs should be a valid integer, not 'many'"),
        ({"optimizer": "adma"}, "optimizer should be one of adagrad, adam, adamw, "),
        ({"seed": -1}, "seed should be greater than or equal to 0, not -1"),
        ({"precision": "float16"}, "precision should be 'float32' or 'float64', not 'float16'"),
        ({"colour": 1}, "colour is not a known option"),
    ],
)
def test_a_refusal_is_one_sentence(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TrainingRecipe().edited(**changes)
    assert sentence(caught.value).startswith(said)
    assert sentence(caught.value, "recipe").startswith(f"recipe: {said}")
    assert "\n" not in sentence(caught.value)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(ValidationError) as caught:
        DataRecipe.model_validate({})
    assert sentence(caught.value) == "source is missing"


def test_what_cannot_be_shown_briefly_is_left_out() -> None:
    with pytest.raises(ValidationError) as caught:
        TrainingRecipe.model_validate({"epochs": "x" * 500})
    assert "xxx" not in sentence(caught.value)
    with pytest.raises(ValidationError) as caught:
        TrainingRecipe.model_validate([])
    assert sentence(caught.value).startswith("value should be a valid dictionary")


def test_a_data_recipe_keeps_its_source_through_json() -> None:
    recipe = DataRecipe.model_validate({"source": "iris"})
    assert recipe.source.kind == "iris"
    assert DataRecipe.model_validate_json(recipe.model_dump_json()) == recipe


def test_batch_size_is_a_number_or_all() -> None:
    assert TrainingRecipe(batch_size="all").batch_size == "all"
    for refused in (0, 1.5, True, "some"):
        with pytest.raises(ValidationError):
            TrainingRecipe.model_validate({"batch_size": refused})


def test_an_optimizer_is_written_with_its_kind() -> None:
    text = TrainingRecipe(optimizer=Adam(learning_rate=0.5)).model_dump_json()
    assert '"optimizer":{"kind":"adam","learning_rate":0.5,' in text
    assert TrainingRecipe.model_validate_json(text).optimizer == Adam(learning_rate=0.5)
