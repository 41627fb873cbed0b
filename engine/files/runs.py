"""The runs of a project in its file: each with a checksum of its own, so that a damaged one is
left out and the rest still opens.

A run is a group with one text, its curves as one array `(columns, epochs)`, and, where it can be
restored, the bytes of all arrays of its training one after the other.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from engine.data.preprocessing import Preprocessing
from engine.errors import GlassworkError
from engine.files.bounds import require_bounded, require_finite
from engine.files.content import Content
from engine.files.embedding import parted
from engine.files.history import from_columns, to_columns
from engine.files.index import Index
from engine.files.json_text import parsed
from engine.files.project_text import project_from
from engine.files.sandbox import Reads
from engine.files.wanted import MAX_ARRAY_BYTES, Refused, Wanted
from engine.project import ArrayKey, Arrays, EpochRecord, Project, Trained
from engine.runs import MOST_RUNS, Ending, Run, Runs
from engine.shapes import walk

GROUP = "glasswork/runs"
NAMES = (GROUP, "ids")
MOST_COLUMNS = 200
LONGEST_ID = 40
TYPES = ("<f2", "<f4", "<f8", "<i4", "<i8", "|i1", "|u1")


@checked(frozen=True)
class Spot:
    """An array among the bytes of a run."""

    path: str
    dtype: str
    shape: tuple[int, ...]


@checked(frozen=True)
class About:
    """Everything of a run that is no array; `trained` is "" where it cannot be restored."""

    name: str
    note: str
    started: float
    seed: int
    reason: Ending
    epoch: int
    seconds: float
    threads: int
    follows: str
    test: dict[str, float]
    columns: tuple[str, ...]
    epochs: int
    first: int  # of those epochs, the first that is the run's own
    project: str
    trained: str = ""
    is_current: bool = False  # its weights are those of the project
    spots: tuple[Spot, ...] = Field(default_factory=tuple)


ABOUT = TypeAdapter(About)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


def add_runs(content: Content, runs: Runs, trained: Trained | None, folder: Path) -> None:
    """Adds them to what is going to be a file in `folder`, whose weights are `trained`."""
    if not runs:
        return
    content.attributes[NAMES] = tuple(run.id for run in runs)
    for run in runs:
        arrays, text = _plain(run, trained, folder)
        group = f"{GROUP}/{run.id}"
        content.attributes[group, "run"] = text
        content.attributes[group, "checksum"] = _checksum(text, arrays)
        content.unlisted |= {f"{group}/{name}": array for name, array in arrays.items()}


def _plain(run: Run, trained: Trained | None, folder: Path) -> tuple[dict[str, np.ndarray], str]:
    is_current = run.trained is not None and run.trained is trained
    kept = None if is_current else run.trained
    arrays = {} if kept is None else _arrays(kept)
    history = _whole_history(run, kept)
    columns = to_columns(history)
    about = About(
        **{name: getattr(run, name) for name in PLAIN},
        test=dict(run.test),
        columns=tuple(columns),
        project=parted(run.project, folder)[0].model_dump_json(),
        epochs=len(history),
        first=len(history) - len(run.history),
        trained="" if kept is None else Index.of(kept, kept.preprocessing.to_arrays()[0]).to_json(),
        is_current=is_current,
        spots=tuple(Spot(path, each.dtype.str, each.shape) for path, each in arrays.items()),
    )
    written = {"curves": np.array([*columns.values()], np.float64)}
    if arrays:
        written["content"] = np.concatenate([each.ravel().view("u1") for each in arrays.values()])
    return written, ABOUT.dump_json(about).decode()


def _whole_history(run: Run, kept: Trained | None) -> tuple[EpochRecord, ...]:
    """Also the epochs before the run's own, where they belong to weights that are kept."""
    whole = kept.history if kept else ()
    own = len(run.history)
    return whole if own and whole[-own:] == run.history else run.history


PLAIN = ("name", "note", "started", "seed", "reason", "epoch", "seconds", "threads", "follows")


def _arrays(trained: Trained) -> dict[str, np.ndarray]:
    figures = trained.preprocessing.to_arrays()[1]
    found = {f"preprocessing/{name}": each for name, each in figures.items()}
    for group, arrays in _groups(trained.weights, trained.slots, trained.best):
        found |= {f"{group}/{layer}/{name}": each for (layer, name), each in arrays.items()}
    return {
        path: np.ascontiguousarray(each, each.dtype.newbyteorder("<"))
        for path, each in found.items()
    }


def _groups(weights: Any, slots: Mapping[str, Any], best: Any) -> Iterator[tuple[str, Any]]:
    yield from {"weights": weights, "best": best}.items()
    yield from ((f"slot {name}", each) for name, each in slots.items())


def _checksum(text: str, arrays: Mapping[str, np.ndarray]) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass"))
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        digest.update(f"{name} {array.shape}".encode())
        digest.update(array.reshape(-1).view("u1").data)
    return digest.hexdigest()


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Found:
    """The runs that could be read, and a note on those that could not."""

    runs: Runs = ()
    notes: tuple[str, ...] = ()


def read_runs(file: Reads, project: Project, trained: Trained | None) -> Found:
    """The runs in a file that holds `project`. What is damaged is left out, and told."""
    try:
        ids = file.attributes([NAMES])[0]
    except Refused:
        ids = ""
    if ids is None:
        return Found()
    if not isinstance(ids, list) or len(ids) > MOST_RUNS or len(set(ids)) < len(ids):
        return Found((), ("the list of its runs is damaged and was left out",))
    reader, runs, lost = _Reader(file, project, trained), list[Run](), 0
    for each in ids:
        try:
            runs.append(reader.run(each))
        except (Refused, GlassworkError, ValueError, KeyError, TypeError, OverflowError):
            lost += 1
    verb = "is" if lost == 1 else "are"
    notes = (f"{lost} of its {len(ids)} runs {verb} damaged and left out",) if lost else ()
    return Found(tuple(runs), notes)


class _Reader:
    """Reads one run after the other, of which all together may take a bounded room."""

    def __init__(self, file: Reads, project: Project, trained: Trained | None) -> None:
        self._file, self._project, self._trained = file, project, trained
        self._room = MAX_ARRAY_BYTES

    def run(self, identifier: str) -> Run:
        """The run of that id. Raises Refused, or what else damaged figures lead to."""
        if not identifier.isalnum() or len(identifier) > LONGEST_ID:
            raise Refused("a run has no id")
        group = f"{GROUP}/{identifier}"
        text, signed = self._file.attributes([(group, "run"), (group, "checksum")])
        about = _about(text)
        arrays = self._arrays(group, about)
        if _checksum(str(text), arrays) != signed:
            raise Refused("its checksum does not match")
        was = _shared(project_from(about.project), self._project)
        columns = zip(about.columns, arrays["curves"], strict=True)
        history = from_columns(dict(columns)) if about.epochs else ()
        kept = _trained(about, was, arrays, history)
        return Run(
            id=identifier,
            project=was,
            history=history[about.first :],
            test=MappingProxyType(about.test),
            trained=self._trained if about.is_current else kept,
            **{name: getattr(about, name) for name in PLAIN},
        )

    def _arrays(self, group: str, about: About) -> dict[str, np.ndarray]:
        shape = (len(about.columns), about.epochs)
        wanted = [Wanted(f"{group}/curves", "curves", shape)]
        size = sum(math.prod(each.shape) * np.dtype(each.dtype).itemsize for each in about.spots)
        if about.spots:
            wanted.append(Wanted(f"{group}/content", "content", (size,), "integer"))
        taken = size + 8 * math.prod(shape) + len(about.project)
        if taken > self._room:
            raise Refused("its runs are too large")
        self._room -= taken
        names = (each.label for each in wanted)
        return dict(zip(names, self._file.arrays(wanted), strict=True))


def _about(text: Any) -> About:
    if not isinstance(text, str):
        raise Refused("it has no description")
    try:
        about = ABOUT.validate_python(parsed(text, "a run"))
    except ValidationError:
        raise Refused("its description is damaged") from None
    numbers = (about.started, about.seconds, *about.test.values())
    spots = all(each.dtype in TYPES and min(each.shape, default=0) >= 0 for each in about.spots)
    epochs = 0 <= about.first <= about.epochs
    few = len(about.columns) <= MOST_COLUMNS
    if not (few and spots and epochs and all(map(math.isfinite, numbers))):
        raise Refused("its description is damaged")
    return about


def _shared(was: Project, project: Project) -> Project:
    """With the parts that are the project's own still, a person's table among them."""
    changes: dict[str, Any] = {}
    if was.design == project.design:
        changes["design"] = project.design
    if was.data is not None and project.data is not None:
        bare = parted(project, Path())[0].data
        if parted(was, Path())[0].data == bare:
            changes["data"] = project.data
    return was.model_copy(update=changes)


def _trained(
    about: About,
    project: Project,
    arrays: Mapping[str, np.ndarray],
    history: tuple[EpochRecord, ...],
) -> Trained | None:
    """What the run made; None where that was not kept."""
    if not about.trained:
        return None
    index, held = Index.from_json(about.trained), _parted(about.spots, arrays["content"])
    figures = {
        path.removeprefix("preprocessing/"): each
        for path, each in held.items()
        if path.startswith("preprocessing/")
    }
    keyed = {
        group: _keyed(held, group, keys)
        for group, keys in _groups(index.weights, index.slots, index.best)
    }
    _require_fitting(project, index, keyed)
    return Trained(
        weights=keyed["weights"],
        slots={name: keyed[f"slot {name}"] for name in index.slots},
        best=keyed["best"],
        progress=index.progress,
        history=history,
        preprocessing=Preprocessing.from_arrays(index.preprocessing, figures),
        facts=index.facts,
        seed=index.seed,
    )


def _parted(spots: tuple[Spot, ...], content: np.ndarray) -> dict[str, np.ndarray]:
    """Arrays by path, read-only, from their bytes one after the other."""
    found, start, raw = {}, 0, content.tobytes()
    for spot in spots:
        count = math.prod(spot.shape)
        found[spot.path] = np.frombuffer(raw, spot.dtype, count, start).reshape(spot.shape)
        start += count * np.dtype(spot.dtype).itemsize
    return found


def _keyed(held: Mapping[str, np.ndarray], group: str, keys: tuple[ArrayKey, ...]) -> Arrays:
    return {(layer, name): held[f"{group}/{layer}/{name}"] for layer, name in keys}


def _require_fitting(project: Project, index: Index, groups: Mapping[str, Arrays]) -> None:
    """Raises Refused for arrays that the run's design does not have, or that are not finite."""
    found = walk(project.design, index.facts.width)
    require_bounded(found)
    shapes = {
        (layer, each.name): each.shape
        for layer, ops in found.ops.items()
        for op in ops
        for each in op.parameters
    }
    for group, arrays in groups.items():
        for key, array in arrays.items():
            if shapes.get(key) != array.shape:
                raise Refused("the weights of a run do not fit its design")
            if not group.startswith("slot "):
                require_finite("a run", array)
