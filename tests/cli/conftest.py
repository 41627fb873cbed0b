"""Runs the command line in this process, and makes the files that its tests start from."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import main


@dataclass(frozen=True)
class Outcome:
    """What a run of the program printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which has to be one JSON object and nothing else."""
        return json.loads(self.out)


Glasswork = Callable[..., Outcome]


@pytest.fixture
def glasswork(capfd: pytest.CaptureFixture[str]) -> Glasswork:
    """The program: `glasswork("train", path, "--epochs", 2)`."""

    def run(*arguments: object) -> Outcome:
        capfd.readouterr()
        code = main.main([str(argument) for argument in arguments])
        return Outcome(code, *capfd.readouterr())

    return run


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A CSV of one's own: numbers with gaps, a category with gaps, classes, in 120 rows."""
    random = np.random.default_rng(7)
    lines = ["age,colour,income,bought"]
    for row in range(120):
        age, income = random.integers(18, 80), random.normal(40, 12)
        colour = random.choice(["red", "green", "blue"])
        bought = "yes" if income + (colour == "red") * 10 > 42 else "no"
        cells = [str(age), colour, f"{income:.2f}", bought]
        if row % 10 in (3, 6):
            cells[row % 2] = ""
        lines.append(",".join(cells))
    path = tmp_path / "shop.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture(scope="session")
def digits_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An untrained digits project, and a model trained for two epochs."""
    folder = tmp_path_factory.mktemp("digits")
    project, model = folder / "p.h5", folder / "m.h5"
    assert main.main(["new", "digits", "--out", str(project)]) == 0
    assert main.main(["train", str(project), "--epochs", "2", "--out", str(model)]) == 0
    return project, model


@pytest.fixture
def project(digits_files: tuple[Path, Path]) -> Path:
    """An untrained digits project."""
    return digits_files[0]


@pytest.fixture
def model(digits_files: tuple[Path, Path]) -> Path:
    """Digits, trained for two epochs."""
    return digits_files[1]
