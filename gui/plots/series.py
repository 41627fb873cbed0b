"""The points of curves that grow while training runs, in arrays that plots take as they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Literal

import numpy as np

from engine.events import BatchesDone, Measured
from engine.project import EpochRecord

Part = Literal["batches", "training", "afresh", "validation"]

EXTRAS = ("learning_rate", "gradient_norm", "penalty")
"""Measured beside the metrics, and always listed after them."""

COUNTS = frozenset({"counted", "total"})


class Series:
    """Points in the order of their time; adding one costs the same however many there are."""

    def __init__(self) -> None:
        self._points = np.empty((2, 256))
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, x: float, y: float) -> None:
        """One more point, later than those before."""
        self._make_room(1)
        points, place = self._points, self._count
        points[0, place] = x
        points[1, place] = y
        self._count += 1

    def extend(self, x: np.ndarray, y: np.ndarray) -> None:
        """Many more points."""
        self._make_room(len(x))
        place = slice(self._count, self._count + len(x))
        self._points[0, place], self._points[1, place] = x, y
        self._count += len(x)

    @property
    def points(self) -> np.ndarray:
        """Both coordinates, (2, points)."""
        return self._points[:, : self._count]

    @property
    def x(self) -> np.ndarray:
        return self._points[0, : self._count]

    @property
    def y(self) -> np.ndarray:
        return self._points[1, : self._count]

    def near(self, x: float) -> float | None:
        """The value at the last point up to the time `x`, or None before the first."""
        place = int(np.searchsorted(self.x, x, side="right")) - 1
        return float(self.y[place]) if place >= 0 else None

    @property
    def last(self) -> float:
        """The time of the last point."""
        return float(self._points[0, self._count - 1])

    def at(self, x: float) -> float | None:
        """The value at the time `x` exactly, or None."""
        place = int(np.searchsorted(self.x, x))
        return float(self.y[place]) if place < self._count and self.x[place] == x else None

    def _make_room(self, more: int) -> None:
        """Twice the room, as often as need be, so that a point costs the same in the long run."""
        while self._count + more > self._points.shape[1]:
            self._points = np.concatenate((self._points, np.empty_like(self._points)), axis=1)


EMPTY = Series()


class Curves:
    """All curves of a run: a series for each metric, by batches and by epochs."""

    def __init__(self) -> None:
        self._series: defaultdict[tuple[str, Part], Series] = defaultdict(Series)
        self.last: EpochRecord | None = None
        self.best: tuple[int, float] | None = None  # the epoch of the lowest loss, and that loss

    def series(self, metric: str, part: Part) -> Series:
        """The points of one curve; empty where there are none."""
        return self._series.get((metric, part), EMPTY)

    @property
    def epoch(self) -> int:
        """The last epoch that has ended; 0 before the first has."""
        return self.last.epoch if self.last else 0

    @property
    def metrics(self) -> tuple[str, ...]:
        """Names of all metrics, the loss first, in the order in which they came."""
        names = dict.fromkeys(metric for metric, _ in self._series if metric not in EXTRAS)
        return tuple(sorted(names, key=lambda name: name != "loss"))

    def add_batches(self, events: Sequence[BatchesDone]) -> None:
        """The means of chunks of batches, each at the time of its last one."""
        if not events:
            return
        x = np.array([event.x for event in events])
        self._series["loss", "batches"].extend(x, np.array([event.loss for event in events]))
        rates = np.array([event.learning_rate for event in events])
        self._series["learning_rate", "batches"].extend(x, rates)
        for metric in events[0].metrics:
            if metric == "loss":
                continue
            y = np.array([event.metrics[metric] for event in events])
            self._series[metric, "batches"].extend(x, y)

    def add_epochs(self, records: Sequence[EpochRecord]) -> None:
        """The figures of epochs, each at the time of its end."""
        if not records:
            return
        self.last = records[-1]
        epochs = [record.epoch for record in records]
        self._add_part("training", epochs, [record.training for record in records])
        self._add_part("validation", epochs, [record.validation for record in records])
        self._add_part(
            "training", epochs, [{"learning_rate": record.learning_rate} for record in records]
        )
        for record in records:
            loss = (record.validation or record.training).get("loss")
            if loss is not None and (self.best is None or loss < self.best[1]):
                self.best = record.epoch, loss

    def add_measured(self, events: Sequence[Measured]) -> None:
        """What was measured beside, each at its time; what is no later than before is left out."""
        for event in events:
            part: Part = "afresh" if event.name == "afresh" else "training"
            for name, value in event.arrays.items():
                metric = {"norm": "gradient_norm"}.get(name, name)
                series = self._series[metric, part] if name not in COUNTS else None
                if series is not None and (not len(series) or series.last < event.epoch):
                    series.add(event.epoch, float(value))

    def _add_part(self, part: Part, epochs: list[int], figures: list[Mapping[str, float]]) -> None:
        """Not every epoch need have every figure."""
        for metric in dict.fromkeys(chain.from_iterable(figures)):
            found = [
                (x, each[metric]) for x, each in zip(epochs, figures, strict=True) if metric in each
            ]
            self._series[metric, part].extend(*np.array(found, float).T)
