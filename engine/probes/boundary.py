"""What the network says all over a section of the space of the data: where it draws its borders."""

from collections.abc import Mapping

import numpy as np

from engine.data.dataset import Prepared
from engine.probes.scene import Scene
from engine.probes.section import (
    Axis,
    Section,
    axis_of,
    held,
    names_of,
    spread_of,
    telling,
)

BLOCK_NUMBERS = 1 << 22  # of prepared rows at a time
TRAINING_POINTS, VALIDATION_POINTS = 1_500, 750


def boundary(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """Outputs over the section that `scene.setting` names, and the rows around it.

    `names` are all columns, `features` the one or two looked at. `x` and `y` (none of one
    feature) are places on the axes, in the columns' own units; with `x_categories` and
    `y_categories` they number those. `values` (y, x) or (1, x) are the probability of the output
    in question or the target in its own units; of the winning class also `winner`. `points` are
    rows `(points, 2)` with `truth`, `validation` and the number of each `row`.
    """
    prepared = scene.prepared
    if prepared is None or not len(prepared.rows.train):
        return {}
    section = scene.setting if isinstance(scene.setting, Section) else Section()
    spread = spread_of(prepared, scene.kept)
    known = names_of(prepared)
    chosen = tuple(dict.fromkeys(name for name in section.features if name in known))[:2]
    axes = [
        axis_of(prepared, spread, name, section.resolution)
        for name in chosen or _default(scene, prepared)
    ]
    outputs = _outputs(scene, axes, held(prepared, spread, section.row))
    return {
        "names": np.array(known),
        "features": np.array([axis.column.name for axis in axes]),
        **_places(axes),
        **_surface(scene, section, outputs, axes),
        **_points(scene, section, prepared, axes),
    }


def _default(scene: Scene, prepared: Prepared) -> tuple[str, ...]:
    if "telling" not in scene.kept:
        scene.kept["telling"] = telling(prepared)
    return scene.kept["telling"]


def _outputs(scene: Scene, axes: list[Axis], base: np.ndarray) -> np.ndarray:
    """The network's outputs `(places, outputs)`, y by y."""
    first, rest = axes[0].prepared(), [axis.prepared() for axis in axes[1:]]
    lines = rest[0] if rest else np.zeros((1, 0))
    row = np.repeat(base[None, :], len(first), axis=0)
    row[:, axes[0].slots] = first
    at_once = max(1, BLOCK_NUMBERS // row.size)
    found: list[np.ndarray] = []
    for start in range(0, len(lines), at_once):
        block = np.repeat(row[None], len(lines[start : start + at_once]), axis=0)
        if rest:
            block[:, :, axes[1].slots] = lines[start : start + at_once, None, :]
        found.append(scene.network.predict(block.reshape(-1, block.shape[2])))
    return np.concatenate(found)


def _places(axes: list[Axis]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for name, axis in zip("xy", axes, strict=False):
        found |= {name: axis.values, f"{name}_categories": np.array(axis.categories, str)}
    return found


def _surface(
    scene: Scene, section: Section, outputs: np.ndarray, axes: list[Axis]
) -> dict[str, np.ndarray]:
    shape = (len(axes[1].values) if len(axes) == 2 else 1, len(axes[0].values))
    task, output = scene.facts.task, section.output
    if task == "regression":
        values = np.asarray(scene.preprocessing.decode(outputs), float).reshape(len(outputs), -1)
        return {"values": values[:, _within(output, values.shape[1])].reshape(shape)}
    shares = scene.preprocessing.probabilities(outputs)
    if task == "multilabel" or output is not None:
        return {"values": shares[:, _within(output, shares.shape[1])].reshape(shape).copy()}
    winner = shares.argmax(axis=1)
    values = np.take_along_axis(shares, winner[:, None], axis=1)
    return {"values": values.reshape(shape), "winner": winner.reshape(shape)}


def _within(output: int | None, outputs: int) -> int:
    return min(output or 0, outputs - 1)


def _points(
    scene: Scene, section: Section, prepared: Prepared, axes: list[Axis]
) -> dict[str, np.ndarray]:
    """A bounded sample of the training and validation rows, looked up once for these columns."""
    key = ("points", tuple(axis.column.name for axis in axes), section.output)
    if key not in scene.kept:
        parts = prepared.rows.train, prepared.rows.validation
        chosen = [
            rows[:: max(1, -(-len(rows) // most))]
            for rows, most in zip(parts, (TRAINING_POINTS, VALIDATION_POINTS), strict=True)
        ]
        rows = np.concatenate(chosen)
        X = np.concatenate([prepared.X[part] for part in chosen])
        truth = _truth(scene, section, prepared.y[rows])
        # Of one column, a point stands at the height of what is true of it.
        across, up = axes[0].own(X), axes[1].own(X) if len(axes) == 2 else truth
        scene.kept[key] = {
            "points": np.stack((across, up), axis=1),
            "truth": truth,
            "validation": np.repeat([False, True], [len(part) for part in chosen]),
            "row": rows.copy(),
        }
    return scene.kept[key]


def _truth(scene: Scene, section: Section, y: np.ndarray) -> np.ndarray:
    """The class, or whether it or the label is the one in question; or the target in its units."""
    if scene.facts.task == "classification":
        return (y if section.output is None else y == section.output).astype(float)
    if scene.facts.task == "regression":
        y = np.asarray(scene.preprocessing.decode(y), float).reshape(len(y), -1)
    return y[:, _within(section.output, y.shape[1])].astype(float)
