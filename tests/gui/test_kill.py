"""kill -9 at a random moment of editing loses no edit that is older than five seconds."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gui.recovery_copy import RecoveryCopy, left_behind

ROOT = Path(__file__).parents[2]
AT_ONCE = 4
MOST_LOST = 5.0  # seconds
PATIENCE = 60.0


@dataclass
class Worked:
    """A program that is being worked in, and what it says of its edits."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    killed: float = 0.0

    def edits(self) -> list[tuple[int, float]]:
        """(number, time) of every edit that is known to have been done."""
        lines = self.log.read_text().rpartition("\n")[0].splitlines()
        return [(int(line.split()[0]), float(line.split()[1])) for line in lines]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.killed = time.monotonic()

    def must_be_kept(self) -> int:
        """The number of the last edit that is too old to be lost; 0 where all are young."""
        old = [number for number, when in self.edits() if when <= self.killed - MOST_LOST]
        return max(old, default=0)


@pytest.fixture
def at_work(tmp_path: Path) -> Iterator[list[Worked]]:
    """Programs that share one home; none outlives the test."""
    working: list[Worked] = []
    yield working
    for each in working:
        each.process.kill()
        each.process.wait()


def begin(name: str, home: Path) -> Worked:
    log = home.parent / f"{name}.log"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "GLASSWORK_HOME": str(home)}
    command = [sys.executable, "-m", "tests.gui.restless", name]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out)
    return Worked(name, process, log)


def until_edited(worked: Worked) -> None:
    deadline = time.monotonic() + PATIENCE
    while not worked.edits():
        assert worked.process.poll() is None, f"{worked.name} ended by itself"
        assert time.monotonic() < deadline, f"{worked.name} never began"
        time.sleep(0.05)


def left(home: Path) -> dict[str, RecoveryCopy]:
    return {copy.about.name: copy for copy in left_behind(home / "recovery")}


@pytest.mark.timeout(3600)  # with --kills 100
def test_a_kill_costs_five_seconds_at_most(
    pytestconfig: pytest.Config, tmp_path: Path, at_work: list[Worked]
) -> None:
    kills, chance = pytestconfig.getoption("--kills"), random.Random(4)
    for first in range(0, kills, AT_ONCE):
        home = tmp_path / f"home{first}"
        numbers = range(first, min(first + AT_ONCE, kills))
        at_work[:] = [begin(f"project{number}", home) for number in numbers]
        for worked in at_work:
            until_edited(worked)
        kill_one_by_one(at_work, home, chance)


def kill_one_by_one(at_work: list[Worked], home: Path, chance: random.Random) -> None:
    """Kills each at its own moment; only the copies of the dead are ever found."""
    dead: set[str] = set()
    for worked in at_work:
        time.sleep(chance.uniform(1.0, 4.0))
        worked.kill()
        dead.add(worked.name)
        found = left(home)
        assert found.keys() <= dead
        needed = worked.must_be_kept()
        if needed:
            assert found[worked.name].read().project.training.seed >= needed
        for copy in found.values():
            copy.let_go()
