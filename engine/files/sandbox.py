"""The safe side of reading: starts the process that touches the file, and asks it for values."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from engine.files.wanted import SECONDS, Refused, Value, Wanted

MAX_LINE = 1 << 30
NUMBERS = ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8")
PACKAGE = Path(__file__).resolve().parents[1]

# An empty shell stands in for the `engine` package, which that process has no use for; -P keeps
# modules in the current folder, which may be where the file was downloaded to, from being found.
BOOT = """
import runpy, sys, types
shell = sys.modules["engine"] = types.ModuleType("engine")
shell.__path__ = [sys.argv.pop(1)]
runpy.run_module("engine.files.child", run_name="__main__")
"""


class Reads(Protocol):
    """What a reader needs of a file: attributes, and arrays that were checked before."""

    def attributes(self, places: Sequence[tuple[str, str]]) -> list[Value]: ...

    def arrays(self, wanted: Sequence[Wanted]) -> Iterator[np.ndarray]: ...


@contextmanager
def sandboxed(path: Path, seconds: float = SECONDS) -> Generator["Sandbox"]:
    """`path`, opened in a process of its own that ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", BOOT, str(PACKAGE), str(path.absolute()), str(seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        yield Sandbox(process, seconds)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Without requests to come it ends by itself, unless it hangs."""
    for pipe in (process.stdout, process.stdin):
        with contextlib.suppress(OSError):
            if pipe is not None:
                pipe.close()
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Sandbox:
    """The running process; a crash or a hang of it becomes a `Refused`."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        assert process.stdin is not None, "opened as a pipe"
        assert process.stdout is not None, "opened as a pipe"
        self._requests, self._answers = process.stdin, process.stdout
        self._seconds = seconds

    def attributes(self, places: Sequence[tuple[str, str]]) -> list[Value]:
        """The values of (path, name): text, a whole number, names, or None where there is none."""
        return self._ask({"attributes": list(places)})["values"]

    def arrays(self, wanted: Sequence[Wanted]) -> Iterator[np.ndarray]:
        """The wanted arrays one by one, writeable copies in this process."""
        message: dict[str, Any] | None = {"arrays": [asdict(each) for each in wanted]}
        for _ in wanted:
            header = self._ask(message)
            message = None
            array = self._array(header)
            yield array.astype(array.dtype.newbyteorder("="), copy=False)

    def survey(self) -> list[dict[str, Any]]:
        """Path, shape, type and place of every array of numbers in a file of data."""
        return self._ask({"survey": True})["values"]

    def bands(self, path: str) -> Iterator[np.ndarray]:
        """The rows of one of these arrays, in stretches, in the byte order of the file."""
        header = self._ask({"bands": path})
        while header["dtype"]:
            yield self._array(header)
            header = self._ask(None)

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _ask(self, message: dict[str, Any] | None) -> dict[str, Any]:
        """The next answer, after sending `message` if there is one."""
        began = time.monotonic()
        try:
            if message is not None:
                self._requests.write(json.dumps(message).encode() + b"\n")
                self._requests.flush()
            line = self._answers.readline(MAX_LINE)
        except OSError:
            line = b""
        if not line.endswith(b"\n"):
            raise Refused(self._end(time.monotonic() - began))
        answer = json.loads(line)
        if "refused" in answer:
            raise Refused(answer["refused"])
        return answer

    def _array(self, header: dict[str, Any]) -> np.ndarray:
        if header["dtype"][1:] not in NUMBERS:
            raise Refused("it is damaged: its inner structure cannot be read")
        array = np.empty(header["shape"], header["dtype"])
        self._fill(array)
        return array

    def _fill(self, array: np.ndarray) -> None:
        began, view = time.monotonic(), array.reshape(-1).view("u1").data
        while view:
            count = self._answers.readinto(view)  # pyright: ignore[reportAttributeAccessIssue]
            if not count:
                raise Refused(self._end(time.monotonic() - began))
            view = view[count:]

    def _end(self, elapsed: float) -> str:
        if elapsed >= self._seconds:
            return f"it is damaged: reading it took longer than {self._seconds:g} seconds"
        return "it is damaged: reading it failed"
