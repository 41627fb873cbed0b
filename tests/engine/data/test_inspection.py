"""What a person is shown of a table before it is trained on."""

from pathlib import Path

import numpy as np
import pytest

from engine.data import (
    Column,
    ColumnSummary,
    DataRecipe,
    Dataset,
    Table,
    inspect,
    load_dataset,
    source_for,
)
from engine.data.sources import Given

HEADER = "id,age,colour,name,gap,same,odd,label\n"


@pytest.fixture
def recipe(tmp_path: Path) -> DataRecipe:
    path = tmp_path / "people.csv"
    lines = [
        f"{n},{n * 1.5 if n % 5 else ''},{'rg'[n % 3 == 0]},n{n},,7,{'x' if n == 8 else n},{n % 2}"
        for n in range(30)
    ]
    path.write_text(HEADER + "\n".join(lines))
    return DataRecipe(source=source_for(path), columns=(Column(name="same", kind="ignore"),))


def summaries(recipe: DataRecipe) -> dict[str, ColumnSummary]:
    return {each.name: each for each in inspect(load_dataset(recipe), recipe)}


def test_every_column_is_described_even_where_it_cannot_be_used(recipe: DataRecipe) -> None:
    found = summaries(recipe)
    assert list(found) == HEADER.strip().split(",")
    kinds = {name: (each.guess, each.kind) for name, each in found.items()}
    assert kinds == {
        "id": ("ignore", "ignore"),
        "age": ("number", "number"),
        "colour": ("category", "category"),
        "name": ("ignore", "ignore"),
        "gap": ("number", "number"),
        "same": ("number", "ignore"),
        "odd": ("number", "number"),
        "label": ("category", "category"),
    }
    assert [name for name, each in found.items() if each.is_target] == ["label"]
    assert found["gap"].note == "it is empty"
    assert found["same"].note == "it is constant"


def test_numbers_have_a_histogram(recipe: DataRecipe) -> None:
    age = summaries(recipe)["age"]
    assert (age.missing, age.distinct, age.low, age.high) == (6, 24, 1.5, 43.5)
    assert sum(age.counts) == 24
    assert len(age.edges) == len(age.counts) + 1 <= 25


def test_categories_are_counted_the_most_frequent_first(recipe: DataRecipe) -> None:
    found = summaries(recipe)
    assert (found["colour"].top, found["colour"].counts) == (("r", "g"), (20, 10))
    assert (found["label"].top, found["label"].counts) == (("0", "1"), (15, 15))


def test_a_target_of_numbers_is_shown_as_numbers_where_the_task_says_so(
    recipe: DataRecipe,
) -> None:
    label = summaries(recipe.edited(task="regression"))["label"]
    assert (label.guess, label.kind, label.mean) == ("category", "number", 0.5)


def test_several_targets_or_none() -> None:
    table = Table(("x",), (np.arange(4.0),))
    recipe = DataRecipe(source=Given())
    several = Dataset("s", table, np.arange(8.0).reshape(4, 2), "t")
    assert [each.name for each in inspect(several, recipe)] == ["x", "t 1", "t 2"]
    assert [each.name for each in inspect(Dataset("n", table, None, "t"), recipe)] == ["x"]
