"""Measurements that panels draw, one a file; a row of `PROBES` says when each is taken.

A probe takes a `Scene`, the network as it trains and the outputs on one part of the rows.
"""

from collections.abc import Callable, Mapping

import numpy as np

from engine.control import Wanted
from engine.judging import Part
from engine.probes.activations import activations
from engine.probes.afresh import afresh
from engine.probes.boundary import boundary
from engine.probes.feature import feature
from engine.probes.flow import flow
from engine.probes.gradient_norm import gradient_norm
from engine.probes.gradients import gradients
from engine.probes.judgement import judgement
from engine.probes.lit import lit
from engine.probes.penalty import penalty
from engine.probes.scene import Scene
from engine.probes.scores import scores
from engine.probes.spread import spread
from engine.probes.units import units
from engine.probes.updates import updates
from engine.probes.weights import weights

Probe = Callable[[Scene, str], Mapping[str, np.ndarray]]

# Probes of arrays may be taken after any chunk; probes of rows need outputs, after an epoch.
ARRAY_PROBES: Mapping[str, Probe] = {
    "weights": weights,
    "boundary": boundary,
    "gradients": gradients,
    "flow": flow,
    "lit": lit,
    "spread": spread,
    "gradient_norm": gradient_norm,
    "penalty": penalty,
}
ROW_PROBES: Mapping[str, Probe] = {
    "afresh": afresh,
    "judgement": judgement,
    "scores": scores,
    "feature": feature,
    "units": units,
    "updates": updates,
    "activations": activations,
}


def part_of(wanted: Wanted) -> Part:
    """The part of the rows that a probe of rows is to look at: its setting, else validation."""
    if wanted.setting == "training":
        return "training"
    return "test" if wanted.setting == "test" else "validation"


__all__ = ["ARRAY_PROBES", "ROW_PROBES", "Probe", "Scene", "part_of"]
