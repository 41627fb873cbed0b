"""Turns rows as a person has them into the float rows that a network takes, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np

from engine.data.dataset import Table
from engine.data.fitted import CategoryColumn, FittedColumn, IgnoredColumn, NumberColumn, Target
from engine.data.labels import codes, labels
from engine.data.numbers import numbers, require_finite
from engine.data.tables import as_table
from engine.errors import DataError
from engine.judgement.kept import Judgement, decide

BLOCK_ROWS = 4096  # of 64 numbers: 2 MiB of float64, which stays in cache


@dataclass(frozen=True)
class Preprocessing:
    """What was fitted on the training rows, as plain figures; applying it changes nothing.

    `columns` are those of the table without the target, in its order, the ignored ones too.
    """

    columns: tuple[FittedColumn, ...]
    target: Target

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes in the order of the outputs; empty for regression."""
        return self.target.classes

    @cached_property
    def used(self) -> tuple[NumberColumn | CategoryColumn, ...]:
        """The columns that the network sees."""
        return tuple(each for each in self.columns if not isinstance(each, IgnoredColumn))

    @cached_property
    def feature_names_out(self) -> tuple[str, ...]:
        """Names of the prepared columns: `age`, `colour=red`, and so on."""
        return tuple(name for column in self.used for name in column.names_out)

    @property
    def width(self) -> int:
        """How many prepared columns there are: the width of the network's input."""
        return len(self.feature_names_out)

    # ── rows in ─────────────────────────────────────────────────────────────────────────────

    def table_of(self, X: Any) -> Table:
        """`X`, in any form that `transform` takes, as a Table that has the columns in use."""
        names = tuple(column.name for column in self.columns)
        return as_table(X, names, tuple(column.name for column in self.used))

    def transform(self, X: Any, dtype: str = "float32") -> tuple[np.ndarray, tuple[str, ...]]:
        """Prepared rows `(rows, width)`, and notes on what was filled or not known.

        `X` is a Table, a pandas DataFrame (columns are found by name, others ignored), or an
        array `(rows, columns)` with all the columns of the table or only the used ones, in their
        order. Raises DataError naming a column that is missing, or a value that is no number.
        """
        table = self.table_of(X)
        out = np.empty((table.rows, self.width), dtype)
        notes = (*self._put_numbers(table, out), *self._put_categories(table, out))
        return out, notes

    def _put_numbers(self, table: Table, out: np.ndarray) -> Iterator[str]:
        fitted = [column for column in self.used if isinstance(column, NumberColumn)]
        if not fitted:
            return
        names = tuple(column.name for column in fitted)
        slots = self._slots(fitted)
        fill, shift, scale = (
            np.array([getattr(column, figure) for column in fitted])
            for figure in ("fill", "shift", "scale")
        )
        columns = [numbers(table.column(name), name, table) for name in names]
        missing = np.zeros(len(fitted), np.int64)
        for start in range(0, table.rows, BLOCK_ROWS):
            block = np.stack([column[start : start + BLOCK_ROWS] for column in columns], axis=1)
            empty = np.isnan(block)
            if empty.any():
                missing += empty.sum(axis=0)
                np.copyto(block, fill, where=empty)
            block -= shift
            block /= scale
            block = block.astype(out.dtype)
            require_finite(block, names, table, start)
            out[start : start + BLOCK_ROWS, slots] = block
        for column, count in zip(fitted, missing, strict=True):
            if count:
                yield f"{column.name}: {count:,} missing, filled with {column.fill:g}"

    def _put_categories(self, table: Table, out: np.ndarray) -> Iterator[str]:
        place = 0
        for column in self.used:
            width = len(column.names_out)
            if isinstance(column, CategoryColumn):
                yield from _one_hot(column, table, out[:, place : place + width])
            place += width

    def _slots(self, fitted: list[NumberColumn]) -> slice | list[int]:
        if len(fitted) == len(self.used):
            return slice(None)
        places = np.cumsum([0] + [len(column.names_out) for column in self.used])
        return [
            int(place)
            for place, column in zip(places, self.used, strict=False)
            if isinstance(column, NumberColumn)
        ]

    # ── predictions out ─────────────────────────────────────────────────────────────────────

    def decode(self, outputs: np.ndarray) -> np.ndarray:
        """The network's outputs as classes, as labels, or as values in the target's own units."""
        return self.target.decode(outputs)

    def decide(self, outputs: np.ndarray, judgement: Judgement) -> np.ndarray:
        """The same as `decode`, but that of two classes a threshold of one's own may decide."""
        if not judgement.decides(self.classes):
            return self.decode(outputs)
        found = decide(self.probabilities(outputs), self.classes, judgement)
        return np.array(self.classes, dtype=object)[found]

    def probabilities(self, outputs: np.ndarray) -> np.ndarray:
        """The network's outputs as `(rows, classes)`, also where one sigmoid stands for two."""
        return self.target.probabilities(outputs)

    # ── kept in a file ──────────────────────────────────────────────────────────────────────

    def to_arrays(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """A JSON-able description and plain float64 arrays; `from_arrays` gives the same back."""
        fitted = [column for column in self.columns if isinstance(column, NumberColumn)]
        arrays = {
            figure: np.array([getattr(column, figure) for column in fitted], np.float64)
            for figure in ("fill", "shift", "scale")
        }
        arrays["target_mean"] = np.array(self.target.mean, np.float64)
        arrays["target_scale"] = np.array(self.target.scale, np.float64)
        target = {"name": self.target.name, "classes": list(self.target.classes)}
        target |= {"labels": list(self.target.labels)} if self.target.labels else {}
        return {"columns": [_described(each) for each in self.columns], "target": target}, arrays

    @classmethod
    def from_arrays(
        cls, spec: Mapping[str, Any], arrays: Mapping[str, np.ndarray]
    ) -> "Preprocessing":
        """What `to_arrays` wrote. Raises DataError where the parts do not belong together."""
        try:
            return cls(_columns_from(spec, arrays), _target_from(spec["target"], arrays))
        except (KeyError, TypeError, ValueError, StopIteration) as error:
            raise DataError(
                "the description of the prepared columns is damaged or incomplete"
            ) from error


def _one_hot(column: CategoryColumn, table: Table, out: np.ndarray) -> Iterator[str]:
    texts = labels(table.column(column.name))
    found = codes(texts, column.categories)
    missing, unknown = found == -2, found == -1
    if column.fill is not None:
        found[missing] = column.categories.index(column.fill)
    out[:] = found[:, None] == np.arange(len(column.categories))
    if missing.any():
        said = "all zeros" if column.fill is None else f"filled with {column.fill}"
        yield f"{column.name}: {missing.sum():,} missing, {said}"
    if unknown.any():
        row = int(np.argmax(unknown))
        yield (
            f"{column.name}: {unknown.sum():,} unknown, counted as none of the categories seen in "
            f"training (first {texts[row]!r}, {table.place(row)})"
        )


def _described(column: FittedColumn) -> dict[str, Any]:
    match column:
        case NumberColumn():
            return {"kind": "number", "name": column.name}
        case CategoryColumn():
            return {"kind": "category"} | asdict(column) | {"categories": list(column.categories)}
        case IgnoredColumn():
            return {"kind": "ignore", "name": column.name}


def _columns_from(
    spec: Mapping[str, Any], arrays: Mapping[str, np.ndarray]
) -> tuple[FittedColumn, ...]:
    figures = zip(arrays["fill"], arrays["shift"], arrays["scale"], strict=True)
    columns = tuple(_restored(each, figures) for each in spec["columns"])
    if next(figures, None) is not None:
        raise ValueError("more figures than columns")
    return columns


def _target_from(spec: Mapping[str, Any], arrays: Mapping[str, np.ndarray]) -> Target:
    return Target(
        str(spec["name"]),
        tuple(str(name) for name in spec["classes"]),
        tuple(float(value) for value in arrays["target_mean"]),
        tuple(float(value) for value in arrays["target_scale"]),
        tuple(str(name) for name in spec.get("labels", ())),
    )


def _restored(spec: Mapping[str, Any], figures: Iterator[tuple[float, ...]]) -> FittedColumn:
    match spec["kind"]:
        case "number":
            return NumberColumn(str(spec["name"]), *map(float, next(figures)))
        case "category":
            categories, fill = tuple(map(str, spec["categories"])), spec["fill"]
            if fill is not None and fill not in categories:
                raise ValueError(fill)
            return CategoryColumn(str(spec["name"]), categories, fill)
        case "ignore":
            return IgnoredColumn(str(spec["name"]))
        case kind:
            raise ValueError(kind)
