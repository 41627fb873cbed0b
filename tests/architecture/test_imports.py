"""What is imported where: fast starts, declared dependencies, and threads in one file only."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.sources import ROOT, files, imported, parsed

HEAVY = {"pandas", "sklearn", "scipy", "h5py"}
QT = {"PySide6", "shiboken6", "pyqtgraph", "qtpy", "qtawesome", "superqt", "gui"}
THREADS = {"threading", "concurrent", "_thread"}
THREAD_CLASSES = {"QThread", "QThreadPool", "QRunnable"}


def modules_after(statement: str) -> set[str]:
    """Top-level names of the modules that a fresh interpreter holds after `statement`."""
    program = f"import json, sys\n{statement}\nprint(json.dumps(sorted(sys.modules)), end='')"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import engine", HEAVY | QT),
        ("import main", HEAVY | QT),
        ("import gui.app", HEAVY),
        ("import main; main.main(['templates', '--json'])", HEAVY | QT),
    ],
)
def test_starting_imports_nothing_heavy(statement: str, unwanted: set[str]) -> None:
    assert modules_after(statement) & unwanted == set()


def test_only_the_runner_knows_threads() -> None:
    allowed = ROOT / "gui" / "runner.py"
    knowing = {
        str(path.relative_to(ROOT)): sorted(found)
        for path in files("engine", "gui")
        if path != allowed and (found := _threads(set(imported(parsed(path)))))
    }
    assert knowing == {}


def _threads(modules: set[str]) -> set[str]:
    return {
        name
        for name in modules
        if name.partition(".")[0] in THREADS or name.rpartition(".")[2] in THREAD_CLASSES
    }


def test_dependencies_are_declared_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {_name(line) for line in project["dependencies"]}
    distributions = packages_distributions()
    used = {
        _name(distribution)
        for path in files("engine", "gui")
        for module in imported(parsed(path))
        for distribution in distributions.get(module.partition(".")[0], ())
    } - {"glasswork", "shiboken6"}
    assert used <= declared, "imported, and not declared"
    assert declared <= used | INDIRECT, "declared, and imported nowhere"


# Imported by name from pandas (`engine="calamine"`); only the files of its fonts are read.
INDIRECT = {"python-calamine", "qtawesome"}


def _name(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")
