"""How much gradient comes back through each link."""

from collections.abc import Mapping

import numpy as np

from engine.probes.scene import Scene


def flow(scene: Scene, _: str) -> Mapping[str, np.ndarray]:
    """`links` (links, 2) are ids, `sizes` the mean length of the gradient of one row's loss by
    what the link carries; NaN behind an input, to which no gradient flows.
    """
    plan = scene.backward() if scene.backward else None
    if plan is None:
        return {}
    sizes: list[float] = []
    for link in scene.network.design.links:
        gradient = plan.gradient(scene.network.tensor_of[link.source])
        # The loss is a mean over the rows, so each row's gradient is that many times as large.
        lengths = None if gradient is None else np.linalg.norm(gradient.astype(float), axis=0)
        sizes.append(np.nan if lengths is None else float(lengths.mean()) * plan.rows)
    links = [(link.source, link.target) for link in scene.network.design.links]
    return {"links": np.array(links, str).reshape(-1, 2), "sizes": np.array(sizes)}
