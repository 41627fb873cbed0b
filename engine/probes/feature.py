"""The values of one column beside the rows that are judged, in the column's own units."""

from collections.abc import Mapping

import numpy as np

from engine.data.fitted import NumberColumn
from engine.probes.judgement import judgement
from engine.probes.scene import Scene

MOST_ROWS = 5_000


def feature(scene: Scene, column: str) -> Mapping[str, np.ndarray]:
    """`values` of the column of that name, with `truth` and `outputs` as "judgement" has them.

    Missing values are what they were filled with; categories are their places in the column's
    list, -1 where a row has none of them. Of more than 5,000 rows it is a sample.
    """
    found, prepared = judgement(scene, ""), scene.prepared
    if not found or prepared is None:
        return {}
    place = 0
    for each in scene.preprocessing.used:
        width = len(each.names_out)
        if each.name != column:
            place += width
            continue
        every = slice(None, None, max(1, -(-len(found["rows"]) // MOST_ROWS)))
        X = prepared.X[found["rows"][every]][:, place : place + width].astype(float)
        if isinstance(each, NumberColumn):
            values = X[:, 0] * each.scale + each.shift
        else:
            values = np.where(X.any(axis=1), X.argmax(axis=1), -1).astype(float)
        return {
            "values": values,
            "truth": found["truth"][every],
            "outputs": found["outputs"][every],
        }
    return {}
