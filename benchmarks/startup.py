"""How long a person waits for the window, and a script for the engine; warm, in turns.

A bare PySide6 window with one empty pyqtgraph plot stands beside ours. Each start is a process
of its own, timed from before it begins; the contenders take turns, and ratios are those of
neighbours. "Visible" means painted and sent to the screen: the whole welcome page, or with a file
the page that says it is being opened. "Complete" means that every part of the window is built; with
a file, that its design has been painted. Lateness is that of a 5 ms timer from the first paint to a
second after all is complete.

    python3 dev.py benchmark startup [rounds]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.harness.ratios import paired
from benchmarks.harness.screens import SCREENS
from benchmarks.harness.tables import Table

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 11
TURNS = {"bare": "a bare window with a plot", "glasswork": "Glasswork", "file": "Glasswork FILE"}
SCRIPTS = ("import engine", "from engine import Trainer, Model")

Found = dict[str, list[dict[str, Any]]]


def main() -> None:
    """Prints a table for each screen there is, and one for scripts."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digits.h5"
        _save_digits(path)
        for screen, opened in SCREENS.items():
            with opened() as environment:
                found = _take_turns(_warm(environment, folder), path, rounds)
            _print_windows(screen, found)
    _print_scripts(rounds)


def _take_turns(environment: Mapping[str, str], path: Path, rounds: int) -> Found:
    """What each contender says of each round; the first fills the caches and does not count."""
    found: Found = {name: [] for name in TURNS}
    for number in range(rounds + 1):
        for name in TURNS:
            said = _start(name, environment, path)
            if number:
                found[name].append(said)
    return found


def _start(name: str, environment: Mapping[str, str], path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.harness.start", name]
    done = subprocess.run(
        [*command, str(time.time()), str(path)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _print_windows(screen: str, found: Found) -> None:
    bare = _times(found["bare"], "visible")
    heads = ("visible", "x bare", "complete", "x bare", "late p99", "worst")
    table = Table(screen, *heads, labels=[(label,) for label in TURNS.values()])
    table.add(TURNS["bare"], _milliseconds(bare), "1.00", "", "", "", "")
    for name in ("glasswork", "file"):
        cells: list[str] = []
        for what in ("visible", "complete"):
            times = _times(found[name], what)
            cells += [_milliseconds(times), f"{paired(times, bare).median:.2f}"]
        late = [each["late"] for each in found[name]]
        cells.append(f"{statistics.median(run[int(0.99 * len(run))] for run in late):.1f} ms")
        cells.append(f"{statistics.median(run[-1] for run in late):.0f} ms")
        table.add(TURNS[name], *cells)


def _print_scripts(rounds: int) -> None:
    environment = _warm(os.environ)
    times: dict[str, list[float]] = {script: [] for script in SCRIPTS}
    for _ in range(rounds):
        for script in SCRIPTS:
            began = time.time()
            subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True)
            times[script].append(time.time() - began)
    table = Table("a script", "done", labels=[(script,) for script in SCRIPTS])
    for script in SCRIPTS:
        table.add(script, _milliseconds(times[script]))


def _times(runs: Sequence[Mapping[str, Any]], what: str) -> list[float]:
    return [run[what] for run in runs]


def _milliseconds(times: Sequence[float]) -> str:
    return f"{1000 * statistics.median(times):.0f} ms"


def _warm(environment: Mapping[str, str], home: str = "") -> dict[str, str]:
    """Bytecode is kept, and settings are those of a new installation."""
    kept = {key: value for key, value in environment.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"GLASSWORK_HOME": home}


def _save_digits(path: Path) -> None:
    from engine import files, templates

    files.save(path, templates.new("digits"))


if __name__ == "__main__":
    main()
