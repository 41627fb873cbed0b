"""`--set`: any field of a project by its dotted path, and one sentence where there is none."""

import pytest

from engine import Design, Project, layers, new
from engine.cli.settings import SettingError, changed


@pytest.fixture(scope="module")
def project() -> Project:
    design = Design.chain(layers.Input(), layers.Dense(64), layers.Dense(10))
    design = design.rename("dense_2", "out.v2")
    return new("digits").edited(design=design)


@pytest.mark.parametrize(
    ("setting", "read", "value"),
    [
        ("training.epochs=5", lambda p: p.training.epochs, 5),
        ("training.batch_size=all", lambda p: p.training.batch_size, "all"),
        ("training.optimizer=sgd", lambda p: p.training.optimizer.kind, "sgd"),
        (
            "training.optimizer.learning_rate=0.25",
            lambda p: p.training.optimizer.learning_rate,
            0.25,
        ),
        (
            'training.optimizer={"kind": "sgd", "learning_rate": 0.5}',
            lambda p: p.training.optimizer.learning_rate,
            0.5,
        ),
        (
            "training.early_stopping.patience=7",
            lambda p: p.training.early_stopping.patience,
            7,
        ),
        ("training.shuffle=false", lambda p: p.training.shuffle, False),
        ("design.dense_1.units=32", lambda p: p.design.node("dense_1").layer.units, 32),
        (
            "design.out.v2.activation=softmax",
            lambda p: p.design.node("out.v2").layer.activation.kind,
            "softmax",
        ),
        ("data.split.test=0.3", lambda p: p.data.split.test, 0.3),
        ("data.columns.a.b.kind=ignore", lambda p: p.data.columns[0].name, "a.b"),
        ("data.columns.x.missing=zero", lambda p: p.data.columns[0].missing, "zero"),
        (" training.seed = 3 ", lambda p: p.training.seed, 3),
    ],
)
def test_a_setting_reaches_its_field(project, setting, read, value) -> None:
    assert read(changed(project, [setting])) == value


def test_settings_add_up_and_leave_the_rest_alone(project) -> None:
    settings = ["data.columns.x.kind=category", "data.columns.x.missing=zero", "training.seed=1"]
    after = changed(project, settings)
    assert [(c.kind, c.missing) for c in after.data.columns] == [("category", "zero")]
    assert after.design is project.design
    assert changed(project, []) is project


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("training.epochs", ["path=value"]),
        ("training.epochs=-3", ["epochs", "1", "-3"]),
        ("training.epochs=many", ["epochs", "integer", "many"]),
        ("training.epochs.more=1", ["epochs", "more"]),
        ("training.epoch=5", ["'epoch'", "epochs", "batch_size"]),
        ("training.optimizer=magic", ["adam", "sgd", "magic"]),
        ("training.learning_rate=nan", ["learning_rate"]),
        ("design.dense_1.units=-1", ["units", "-1"]),
        ("design.dense_9.units=1", ["dense_9", "dense_1", "out.v2"]),
        ("design.dense_1.size=1", ["'size'", "units"]),
        ("design=1", ["training.", "design.", "data."]),
        ("colour.red=1", ["training.", "design.", "data."]),
        ("data.split.test=2", ["test", "2"]),
        ("data.columns.x.kind=word", ["kind", "word"]),
    ],
)
def test_a_wrong_setting_is_one_sentence(project, setting, words) -> None:
    with pytest.raises(SettingError) as caught:
        changed(project, [setting])
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"--set {setting}: ")
    assert all(word in message for word in words), message


def test_a_project_without_data_says_how_to_get_some(project) -> None:
    with pytest.raises(SettingError, match="--data"):
        changed(project.edited(data=None), ["data.split.test=0.3"])
