"""Training on a file larger than memory should be: how fast, in how much memory, how well.

Makes its files in a temporary folder, 8 GiB unless told otherwise, and removes them in the end.

    python3 dev.py benchmark streaming [GiB] [seconds of each measurement]

1. Rows a second of CPU time on one thread, streamed from the page cache beside in memory: the
   same rows, taking turns, medians of the ratios.
2. Peak memory of a process that trains on a small and on the large file.
3. Accuracy after an epoch on rows sorted by their class, beside fully shuffled rows in memory.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from engine import layers, threads  # noqa: E402
from engine.activations import Relu, Softmax  # noqa: E402
from engine.data import DataRecipe, Prepared, load_dataset, prepare, source_for  # noqa: E402
from engine.design import Design  # noqa: E402
from engine.project import Project, TrainingRecipe  # noqa: E402
from engine.session import Session  # noqa: E402

WIDTH, CLASSES = 784, 10
NETWORKS = {"784-128-10": (128,), "784-512-512-10": (512, 512)}
EQUAL_BYTES = 512 << 20  # of a file that fits into memory, too
SPARE_BYTES = 2 << 30
TURNS = 9
GIB = 1 << 30


# ── files ───────────────────────────────────────────────────────────────────────────────────


def make(folder: Path, size: int, dtype: str) -> Path:
    """A pair of NPY files of about `size` bytes, sorted by class, written a block at a time."""
    folder.mkdir()
    item = np.dtype(dtype)
    rows = size // (WIDTH * item.itemsize)
    draw = np.random.default_rng(0)
    centres = draw.uniform(120, 130, (CLASSES, WIDTH)).astype(np.float32)
    noise = 40 * draw.standard_normal((4096, WIDTH), np.float32)
    y = np.arange(rows) * CLASSES // rows
    with (folder / "X.npy").open("wb") as file:
        header = {"descr": item.str, "fortran_order": False, "shape": (rows, WIDTH)}
        np.lib.format.write_array_header_1_0(file, header)
        for start in range(0, rows, len(noise)):
            labels = y[start : start + len(noise)]
            noise = np.roll(noise, 1 + start % 97, axis=1)
            block = np.clip(centres[labels] + noise[: len(labels)], 0, 255)
            file.write(block.astype(dtype).tobytes())
    np.save(folder / "y.npy", y.astype(np.uint8))
    return folder / "X.npy"


def rows_of(path: Path) -> Prepared:
    """The file, prepared to be streamed."""
    recipe = DataRecipe(source=source_for(path))
    return prepare(load_dataset(recipe), recipe)


def in_memory(prepared: Prepared) -> Prepared:
    """The same rows, held."""
    return replace(prepared, X=prepared.X[np.arange(prepared.facts.rows)])


def project_of(hidden: tuple[int, ...]) -> Project:
    """A network of these widths, trained with Adam in batches of 128."""
    dense = [layers.Dense(units=units, activation=Relu()) for units in hidden]
    last = layers.Dense(units=CLASSES, activation=Softmax())
    return Project(
        design=Design.chain(layers.Input(), *dense, last),
        training=TrainingRecipe(batch_size=128, threads=1, epochs=1),
    )


# ── measurements ────────────────────────────────────────────────────────────────────────────


def speed(session: Session, seconds: float) -> float:
    """Rows a second of CPU time, over several epochs if need be."""
    rows, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        if session.epoch_ended:
            session.row, session.epoch = 0, session.epoch + 1
            session.begin_epoch()
        rows += session.advance().rows
    return rows / spent


def compare(prepared: Prepared, hidden: tuple[int, ...], seconds: float) -> tuple[float, ...]:
    """Rows a second in memory and streamed, and the median of the paired ratios."""
    sessions = [Session(project_of(hidden), each, None) for each in (in_memory(prepared), prepared)]
    with threads.limit(1):
        for session in sessions:
            session.begin_epoch()
            speed(session, seconds / 3)
        pairs = [[speed(session, seconds) for session in sessions] for _ in range(TURNS)]
    memory, streamed = zip(*pairs, strict=True)
    ratios = [late / early for early, late in pairs]
    return statistics.median(memory), statistics.median(streamed), statistics.median(ratios)


def accuracy(prepared: Prepared, *, shuffle: bool = True) -> float:
    """On the validation rows, after a pass over the training rows."""
    project = project_of((32,))
    recipe = project.training.edited(shuffle=shuffle)
    session = Session(project.model_copy(update={"training": recipe}), prepared, None)
    with threads.limit(1):
        session.begin_epoch()
        while not session.epoch_ended:
            session.advance()
    found = session.measure("validation")
    assert found is not None
    return found.figures["accuracy"]


def trained_alone(path: Path, seconds: float) -> dict[str, float]:
    """Trains for some seconds, at most one epoch, in a process of its own; speed and memory."""
    done = subprocess.run(
        [sys.executable, __file__, "--child", str(path), str(seconds)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def child(path: Path, seconds: float) -> dict[str, float]:
    """What `trained_alone` runs."""
    began = time.perf_counter()
    prepared = rows_of(path)
    opened = time.perf_counter() - began
    session = Session(project_of((128,)), prepared, None)
    rows, began = 0, time.perf_counter()
    with threads.limit(1):
        session.begin_epoch()
        while not session.epoch_ended and time.perf_counter() - began < seconds:
            rows += session.advance().rows
    spent = time.perf_counter() - began
    session.measure("validation")
    return {
        "rows": prepared.facts.rows,
        "done": rows / session.gathering.rows,
        "speed": rows / spent,
        "opened": opened,
        "peak": peak(),
    }


def peak() -> float:
    """The most memory that this process has held, in MiB; needs Linux."""
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text("utf-8"))
    assert found is not None
    return int(found[1]) / 1024


# ── telling ─────────────────────────────────────────────────────────────────────────────────


def speeds(folder: Path, seconds: float) -> Iterator[str]:
    """A line for each network and type of number."""
    yield "rows a second (CPU)      in memory   streamed   ratio (paired, median)"
    for dtype in ("float32", "uint8"):
        prepared = rows_of(make(folder / f"equal-{dtype}", EQUAL_BYTES, dtype))
        for name, hidden in NETWORKS.items():
            memory, streamed, ratio = compare(prepared, hidden, seconds)
            yield f"{name:16} {dtype:7} {memory:9,.0f}  {streamed:9,.0f}   {ratio:.2f}"
        shutil.rmtree(folder / f"equal-{dtype}")


def memory(folder: Path, size: int, seconds: float) -> Iterator[str]:
    """A line for a small and for the large file."""
    yield "one process, 784-128-10        rows   opened   rows/s   of an epoch   peak memory"
    for name, count in (("small", EQUAL_BYTES), ("large", size)):
        found = trained_alone(make(folder / name, count, "float32"), seconds)
        yield (
            f"{name:6} file of {count / GIB:4.1f} GiB {found['rows']:14,.0f} "
            f"{found['opened']:6.1f} s {found['speed']:8,.0f} {found['done']:10.0%} "
            f"{found['peak']:13,.0f} MiB"
        )
        shutil.rmtree(folder / name)


def sorted_rows(folder: Path) -> Iterator[str]:
    """Accuracy on rows that are sorted by class, streamed and in memory."""
    prepared = rows_of(make(folder / "sorted", EQUAL_BYTES // 2, "float32"))
    yield "accuracy after an epoch on rows sorted by class"
    yield f"in memory, fully shuffled   {accuracy(in_memory(prepared)):.4f}"
    yield f"streamed                    {accuracy(prepared):.4f}"
    yield f"in the order of the file    {accuracy(prepared, shuffle=False):.4f}"
    shutil.rmtree(folder / "sorted")


def main() -> None:
    """Prints three tables, each line when it is known."""
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 8) * GIB)
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2.0
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < size + SPARE_BYTES:
        needed = (size + SPARE_BYTES) / GIB
        sys.exit(
            f"This takes {needed:.0f} GiB in {tempfile.gettempdir()}, where {free / GIB:.0f} GiB "
            "are free; name fewer, or set TMPDIR to another folder."
        )
    with tempfile.TemporaryDirectory(prefix="glasswork-streaming-") as name:
        folder = Path(name)
        for table in (
            speeds(folder, seconds),
            sorted_rows(folder),
            memory(folder, size, 30 * seconds),
        ):
            for line in table:
                print(line, flush=True)
            print(flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        print(json.dumps(child(Path(sys.argv[2]), float(sys.argv[3]))))
    else:
        main()
