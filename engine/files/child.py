"""The process in which model files are read: `engine.files.child FILE SECONDS`.

Random damage can make HDF5 hang with the interpreter's lock held, or crash. Here that ends this
process alone, at the time or memory limit. Requests come in as lines of JSON; each is answered by
a line of JSON, an array's line being followed by its bytes.
"""

import contextlib
import faulthandler
import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from engine.files.wanted import MAX_MEMORY_BYTES, Refused, Wanted


def main(path: str, seconds: float) -> None:
    """Answers requests about `path` until there are no more; each may take `seconds`."""
    _limit_memory()
    answers = sys.stdout.buffer
    with Path(os.devnull).open("w") as nowhere:
        arm = partial(faulthandler.dump_traceback_later, seconds, exit=True, file=nowhere)
        source = None
        for line in sys.stdin.buffer:
            arm()
            try:
                source = source or _opened(path)
                _answer(source, json.loads(line), answers, arm)
            except Exception as error:  # noqa: BLE001 - whatever HDF5 meets, the parent is told
                _send(answers, {"refused": reason(error)})
            faulthandler.cancel_dump_traceback_later()


def reason(error: Exception) -> str:
    """Why the file is not opened, from whatever went wrong inside HDF5."""
    text = str(error)
    if isinstance(error, Refused):
        return text
    if "truncated file" in text or "eof" in text:
        return "it is incomplete: its end is missing"
    if isinstance(error, BlockingIOError) or "unable to lock file" in text:
        return "it is locked by another program; close it there first"
    if isinstance(error, MemoryError):
        return "reading it needs too much memory"
    return "it is damaged: its inner structure cannot be read"


def _opened(path: str) -> Any:
    from engine.files.hdf5 import Source  # after the memory limit stands

    return Source(path)


def _answer(
    source: Any, request: dict[str, Any], answers: BinaryIO, arm: Callable[[], None]
) -> None:
    if "attributes" in request:
        _send(answers, {"values": source.attributes(request["attributes"])})
        return
    if "survey" in request:
        _send(answers, {"values": source.survey()})
        return
    if "bands" in request:
        _send_arrays(source.bands(request["bands"]), answers, arm)
        _send(answers, {"dtype": ""})
        return
    _send_arrays(source.arrays([_wanted(each) for each in request["arrays"]]), answers, arm)


def _send_arrays(arrays: Iterable[Any], answers: BinaryIO, arm: Callable[[], None]) -> None:
    for array in arrays:
        _send(answers, {"dtype": array.dtype.str, "shape": array.shape})
        answers.write(array.reshape(-1).view("u1").data)
        answers.flush()
        arm()


def _wanted(fields: dict[str, Any]) -> Wanted:
    shape = fields["shape"]
    shape = None if shape is None else tuple(shape)
    return Wanted(fields["path"], fields["label"], shape, fields["kind"])


def _send(answers: BinaryIO, message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode() + b"\n")
    answers.flush()


def _limit_memory() -> None:
    """Where the system has such a limit (not Windows; macOS may refuse it)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
