"""Style, types and import contracts, as pyproject.toml sets them, hold for the whole project."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

CHECKS = {
    "ruff check": ["ruff", "check", "--output-format=concise"],
    "ruff format": ["ruff", "format", "--check"],
    "pyright": ["pyright"],
}


@pytest.mark.parametrize("command", CHECKS.values(), ids=CHECKS)
def test_the_code_is_clean(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_import_contracts_hold() -> None:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
