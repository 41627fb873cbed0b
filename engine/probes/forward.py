"""What every layer gives for some rows, a few at a time."""

from collections.abc import Iterator, Mapping

import numpy as np

from engine.data.dataset import Prepared
from engine.plan import Plan
from engine.probes.scene import Scene

AT_ONCE, MOST = 256, 2_048  # rows


def held_back(prepared: Prepared) -> np.ndarray:
    """The validation rows, else the training rows; of very many every second, third, …"""
    rows = prepared.rows.validation if len(prepared.rows.validation) else prepared.rows.train
    return rows[:: max(1, -(-len(rows) // MOST))]


def layer_outputs(scene: Scene, rows: np.ndarray) -> Iterator[Mapping[str, np.ndarray]]:
    """By layer id `(width, rows)`; good until the next block is asked for."""
    assert scene.prepared is not None
    plan = _plan(scene, min(AT_ONCE, len(rows)))
    for start in range(0, len(rows), plan.rows):
        X = scene.prepared.X[rows[start : start + plan.rows]]
        plan.input[: len(X), :-1] = X
        with np.errstate(all="ignore"):
            plan.run()
        yield {
            layer: plan.tensor(tensor)[:, : len(X)]
            for layer, tensor in scene.network.tensor_of.items()
        }


def _plan(scene: Scene, rows: int) -> Plan:
    key = ("forward", rows)
    if key not in scene.kept:
        scene.kept[key] = scene.network.plan(rows, share=False)
    return scene.kept[key]
