"""Lets contenders take turns, each in a process of its own: A B C A B C …

A machine's speed drifts by the minute, so only times taken next to each other are compared.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from benchmarks.harness.cases import Case

ROOT = Path(__file__).resolve().parents[2]
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
# Where they are set they choose other kernels than the processor's own, for some contenders only.
TUNING = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")

Clock = Literal["wall", "processor"]
Times = Mapping[str, list[float]]


@dataclass(frozen=True)
class Entry:
    """A contender's name and what it is to train."""

    contender: str
    case: Case


class Worker:
    """The process of one entry."""

    def __init__(self, entry: Entry, least: float) -> None:
        command = [sys.executable, "-m", "benchmarks.harness.worker", entry.contender]
        self.process = subprocess.Popen(
            [*command, entry.case.to_json(), str(least)],
            cwd=ROOT,
            env=environment(entry.case.threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.process.kill()
        self.process.communicate()

    def run(self, clock: Clock) -> float:
        """Seconds per step of one call."""
        assert self.process.stdin is not None
        self.process.stdin.write("run\n")
        self.process.stdin.flush()
        wall, processor = self._read().split()
        return float(wall if clock == "wall" else processor)

    def _read(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            sys.exit("A contender ended before its time; what it said stands above.")
        return line


def environment(threads: int) -> dict[str, str]:
    """The environment of a contender: that many threads for its products, no tuning."""
    kept = {name: value for name, value in os.environ.items() if name not in TUNING}
    several = "true" if threads > 1 else "false"
    xla = {"XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={several}"}
    return kept | dict.fromkeys(THREADS, str(threads)) | xla


def take_turns(entries: Mapping[str, Entry], rounds: int, least: float, clock: Clock) -> Times:
    """Seconds per step of each entry, a figure a round."""
    with ExitStack() as stack:
        workers = {
            name: stack.enter_context(Worker(entry, least)) for name, entry in entries.items()
        }
        times: dict[str, list[float]] = {name: [] for name in entries}
        for _ in range(rounds):
            for name, worker in workers.items():
                times[name].append(worker.run(clock))
    return times
