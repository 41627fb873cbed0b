"""Weights that a person looks at and sets by hand, trained or not."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from engine import seeds
from engine.data.dataset import Prepared
from engine.errors import TrainingError
from engine.ops.base import Op
from engine.project import ArrayKey, Project, Trained


def arrays_of(
    project: Project, trained: Trained | None, layer: str, ops: tuple[Op, ...]
) -> Mapping[str, np.ndarray]:
    """The arrays of a layer (id) by name, read-only; `ops` are what the layer is lowered to.

    Those that training has not made begin as their initializers say: for the same seed they are
    what a training begins with.
    """
    known = trained.weights if trained else {}
    found: dict[str, np.ndarray] = {}
    for op in ops:
        for each in op.parameters:
            array = known.get((layer, each.name))
            if array is None or array.shape != each.shape:
                seed = trained.seed if trained else project.training.seed
                draw = seeds.generator(seed, layer, f"initial {each.name}")
                array = each.initializer.draw(each.shape, draw).astype(project.training.precision)
                array.setflags(write=False)
            found[each.name] = array
    return MappingProxyType(found)


def with_value(
    project: Project,
    prepared: Prepared | None,
    trained: Trained | None,
    key: ArrayKey,
    place: tuple[int, ...],
    value: float,
) -> Trained:
    """`trained` with one number of the array `key` set; all else stays, the optimizer's too.

    Where nothing is trained yet, it begins from the initial weights. Raises TrainingError where
    that needs rows that are not loaded, or the number cannot be a weight.
    """
    whole = trained
    if whole is None or key not in whole.weights:
        if prepared is None:
            raise TrainingError("the data is not loaded yet; change the weight when it is there")
        whole = _begun(project, prepared, trained)
    array = whole.weights[key].copy(order="K")
    with np.errstate(over="ignore"):
        array[place] = value
    if not np.isfinite(array[place]):
        raise TrainingError(f"{value:g} cannot be a weight; write a finite number")
    array.setflags(write=False)
    return replace(whole, weights=MappingProxyType({**whole.weights, key: array}))


def _begun(project: Project, prepared: Prepared, trained: Trained | None) -> Trained:
    """What a training has before its first step."""
    from engine.session import Session

    return Session(project, prepared, trained).snapshot()
