"""What differs between two projects, in the words that a person reads."""

from engine import templates
from engine.comparing import differences
from engine.data.recipe import Column, DataRecipe, SplitRecipe
from engine.layers import Dense, Dropout
from engine.optimizers import SGD, Adam
from engine.project import EarlyStopping, Project


def iris() -> Project:
    return templates.new("iris")


def test_the_same_differs_in_nothing() -> None:
    assert differences(iris(), iris()) == ()
    assert differences(iris(), iris().edited(name="other", layout=())) == ()


def test_options_of_the_recipe() -> None:
    before, recipe = iris(), iris().training
    faster = recipe.optimizer.edited(learning_rate=0.25)
    after = recipe.edited(
        epochs=7, optimizer=faster, shuffle=False, early_stopping=EarlyStopping(patience=3)
    )
    said = differences(before, before.edited(training=after))
    assert f"Epochs {recipe.epochs:,} → 7" in said
    assert f"Optimizer: Learning rate {recipe.optimizer.learning_rate:g} → 0.25" in said
    assert "Shuffle on → off" in said
    assert any(each.startswith("Early stopping: Patience") for each in said)


def test_another_kind_is_named() -> None:
    adam = iris().training.edited(optimizer=Adam())
    before, after = iris().edited(training=adam), adam.edited(optimizer=SGD())
    assert differences(before, before.edited(training=after)) == (
        f"Optimizer {Adam.label} → {SGD.label}",
    )


def test_layers_and_links() -> None:
    before = iris()
    hidden = next(n for n in before.design.nodes if isinstance(n.layer, Dense))
    assert isinstance(hidden.layer, Dense)
    link = next(each for each in before.design.links if each.source == hidden.id)
    design = before.design.insert(Dropout(rate=0.25), link, "drop")
    design = design.replace(hidden.id, hidden.layer.edited(units=99)).rename(hidden.id, "wide")
    said = differences(before, before.edited(design=design))
    assert any(each.startswith("added drop (") for each in said)
    assert f"renamed {hidden.name} to wide" in said
    assert f"wide: Units {hidden.layer.units} → 99" in said
    assert not any("connected" in each for each in said)  # since a layer was put in between
    back = differences(before.edited(design=design), before)
    assert any(each.startswith("removed drop (") for each in back)
    assert not any("connected" in each for each in back)


def test_links_alone() -> None:
    before = iris()
    link = before.design.links[-1]
    names = [before.design.node(each).name for each in (link.source, link.target)]
    after = before.edited(design=before.design.disconnect(link))
    assert differences(before, after) == (f"disconnected {names[0]} to {names[1]}",)
    assert differences(after, before) == (f"connected {names[0]} to {names[1]}",)


def test_another_kind_of_layer() -> None:
    before = iris()
    hidden = next(n for n in before.design.nodes if isinstance(n.layer, Dense))
    design = before.design.replace(hidden.id, Dropout(rate=0.5))
    (said,) = differences(before, before.edited(design=design))
    assert said.startswith(f"{hidden.name} ")
    assert "→" in said


def test_data() -> None:
    before = iris()
    assert before.data is not None
    columns = (Column(name="width", scaling="minmax"),)
    recipe = before.data.edited(columns=columns, split=SplitRecipe(validation=0.3))
    after = before.edited(data=recipe)
    said = differences(before, after)
    assert "Split: Validation 0.1 → 0.3" in said or any("Validation" in each for each in said)
    assert "column width is described" in said
    assert "column width as guessed" in differences(after, before)
    other = recipe.edited(columns=(Column(name="width"),))
    assert "column width: Scaling minmax → standard" in differences(
        after, before.edited(data=other)
    )


def test_other_data_or_none() -> None:
    before, other = iris(), templates.new("wine")
    assert any("→" in each for each in differences(before, other))
    gone = before.edited(data=None)
    assert differences(before, gone)[0].endswith("→ none")
    assert differences(gone, before)[0].startswith("Data none →")
    assert isinstance(before.data, DataRecipe)
