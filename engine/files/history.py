"""The history of a training as columns: one array a figure, NaN where an epoch has none."""

from collections.abc import Iterable, Mapping

import numpy as np

from engine.project import EpochRecord

COLUMNS = ("epoch", "learning_rate", "seconds", "rows")
PARTS = ("training", "validation")


def to_columns(history: tuple[EpochRecord, ...]) -> dict[str, np.ndarray]:
    """`epoch`, `rows`, …, and a column for each metric, named `training/loss` and so on."""
    columns = {name: np.array([getattr(each, name) for each in history]) for name in COLUMNS}
    for part in PARTS:
        metrics = dict.fromkeys(name for each in history for name in getattr(each, part))
        for name in metrics:
            values = [getattr(each, part).get(name, np.nan) for each in history]
            columns[f"{part}/{name}"] = np.array(values, np.float64)
    return columns


def from_columns(columns: Mapping[str, np.ndarray]) -> tuple[EpochRecord, ...]:
    """What `to_columns` was made from. Raises ValueError on columns of different lengths."""
    records = []
    for row in zip(*columns.values(), strict=True):
        values = dict(zip(columns, row, strict=True))
        records.append(
            EpochRecord(
                epoch=int(values["epoch"]),
                training=_metrics(values.items(), "training/"),
                validation=_metrics(values.items(), "validation/"),
                learning_rate=float(values["learning_rate"]),
                seconds=float(values["seconds"]),
                rows=int(values["rows"]),
            )
        )
    return tuple(records)


def _metrics(values: Iterable[tuple[str, float]], prefix: str) -> dict[str, float]:
    return {
        name.removeprefix(prefix): float(value)
        for name, value in values
        if name.startswith(prefix) and not np.isnan(value)
    }
