"""Measurements that panels draw, one a file; a row of `PROBES` says when each is taken.

A probe takes a `Scene`, the network as it trains and the outputs on one part of the rows.
"""

from collections.abc import Callable, Mapping

import numpy as np

from engine.probes.boundary import boundary
from engine.probes.confusion import confusion
from engine.probes.predictions import predictions
from engine.probes.scene import Scene
from engine.probes.weights import weights

Probe = Callable[[Scene, str], Mapping[str, np.ndarray]]

# Probes of arrays may be taken after any chunk; probes of rows need outputs, after an epoch.
ARRAY_PROBES: Mapping[str, Probe] = {"weights": weights, "boundary": boundary}
ROW_PROBES: Mapping[str, Probe] = {"confusion": confusion, "predictions": predictions}

__all__ = ["ARRAY_PROBES", "ROW_PROBES", "Probe", "Scene"]
