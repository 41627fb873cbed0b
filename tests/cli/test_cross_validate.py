"""`cross-validate`: figures by fold, with their mean and spread, and refusals in one line."""

from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Glasswork


@pytest.fixture
def project(glasswork: Glasswork, table: Path, tmp_path: Path) -> Path:
    path = tmp_path / "p.h5"
    assert glasswork("new", "--data", table, "--target", "bought", "--out", path).code == 0
    short = tmp_path / "short.h5"
    outcome = glasswork("train", path, "--epochs", 3, "--out", short)
    assert outcome.code == 0, outcome.err
    return short


def test_it_gives_every_fold_and_their_mean(glasswork: Glasswork, project: Path) -> None:
    outcome = glasswork("cross-validate", project, "--folds", 3, "--repeats", 2, "--json")
    assert outcome.code == 0, outcome.err
    found = outcome.json
    assert [(fold["repeat"], fold["fold"]) for fold in found["folds"]] == [
        (repeat, fold) for repeat in (1, 2) for fold in (1, 2, 3)
    ]
    assert found["test_rows_left_out"] == 24
    assert sum(fold["rows"] for fold in found["folds"]) == 2 * 96
    values = [fold["accuracy"] for fold in found["folds"]]
    assert found["mean"]["accuracy"] == pytest.approx(np.mean(values))
    assert found["spread"]["accuracy"] == pytest.approx(np.std(values, ddof=1))
    again = glasswork("cross-validate", project, "--folds", 3, "--repeats", 2)
    assert "3 folds, dealt 2 times" in again.out
    assert f"{found['mean']['accuracy']:.4f} ± {found['spread']['accuracy']:.4f}" in again.out


def test_groups_are_named_by_their_column(glasswork: Glasswork, project: Path, table: Path) -> None:
    outcome = glasswork(
        "cross-validate", project, "--data", table, "--folds", 2, "--group", "income", "--json"
    )
    assert outcome.code == 0, outcome.err
    assert len(outcome.json["folds"]) == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--folds", 1), "folds should be greater than or equal to 2"),
        (("--group", "town"), "no column 'town' to group by"),
        (("--group", "colour"), "colour has rows without a value"),
        (("--folds", 90), "too few for 90 folds"),
    ],
)
def test_what_cannot_be_is_one_line(
    glasswork: Glasswork, project: Path, options: tuple[object, ...], words: str
) -> None:
    outcome = glasswork("cross-validate", project, *options)
    assert outcome.code == 1
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
    assert not outcome.out


def test_a_design_that_cannot_train_is_refused(
    glasswork: Glasswork, project: Path, tmp_path: Path
) -> None:
    import engine
    from engine.layers import Dense

    made = engine.load(project).project
    wide = made.design.add(Dense(units=9), name="wide", after=[made.design.nodes[-1].name])
    path = tmp_path / "wide.h5"
    engine.Model(made.edited(design=wide)).save(path)
    outcome = glasswork("cross-validate", path)
    assert outcome.code == 1
    assert "9" in outcome.err
