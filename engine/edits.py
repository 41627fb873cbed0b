"""What an edit of the document keeps of what training made."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.data.recipe import DataRecipe
from engine.errors import TrainingError
from engine.project import ArrayKey, Arrays, Project, Trained
from engine.shapes import walk

MIXED = "Test rows may be among those trained on; reset the weights for an honest test."


def carry_over(
    trained: Trained, project: Project, width: int | None = None
) -> tuple[Trained | None, str]:
    """What of `trained` fits the edited `project`, and a sentence that says what was kept.

    Arrays stay where the layer's id and the shape are unchanged, and where the shape cannot be
    known yet (a layer that has lost its input may get it back). The rest begins anew. `width` is
    that of the rows, where they are prepared otherwise than those trained on.
    """
    shapes = _shapes(project, trained.facts.width if width is None else width)
    known = {layer for layer, _ in shapes}
    design = project.design

    def fits(key: ArrayKey, arrays: Arrays) -> bool:
        layer, _ = key
        if not design.has(layer):
            return False
        return layer not in known or shapes.get(key) == arrays[key].shape

    def keep(arrays: Arrays) -> Arrays:
        return MappingProxyType({k: a for k, a in arrays.items() if fits(k, arrays)})

    weights = keep(trained.weights)
    kept = replace(
        trained,
        weights=weights,
        slots=MappingProxyType({name: keep(slot) for name, slot in trained.slots.items()}),
        best=MappingProxyType({}),
        progress=replace(
            trained.progress, best=None, wait=0, random={}, row=0, sums=(), plateau=(1.0, None, 0)
        ),
    )
    return (kept if weights else None), _sentence(project, trained, weights, shapes)


def deals_anew(before: DataRecipe | None, after: DataRecipe | None) -> bool:
    """Whether rows that `before` trained on may be held back by `after`: see `MIXED`."""
    if before is None or after is None or before is after:
        return False
    dealt = (before.source, before.split, before.target, before.task)
    return dealt != (after.source, after.split, after.target, after.task)


def begun_anew(trained: Trained, project: Project) -> tuple[str, ...]:
    """Names of the layers of which an edit has let go, wholly or in part, since training."""
    shapes = _shapes(project, trained.facts.width)
    layers = dict.fromkeys(key[0] for key in shapes if key not in trained.weights)
    return tuple(project.design.node(layer).name for layer in layers)


def require_whole(trained: Trained, project: Project) -> None:
    """Raises TrainingError where an edit has let go of weights that predicting needs."""
    fresh = begun_anew(trained, project)
    if fresh:
        verb = "has" if len(fresh) == 1 else "have"
        raise TrainingError(
            f"{', '.join(fresh)} {verb} begun anew since the last training; train again to predict"
        )


def _shapes(project: Project, width: int) -> Mapping[ArrayKey, tuple[int, ...]]:
    found = walk(project.design, width)
    return {
        (layer, each.name): each.shape
        for layer, ops in found.ops.items()
        for op in ops
        for each in op.parameters
    }


def _sentence(
    project: Project, trained: Trained, weights: Arrays, shapes: Mapping[ArrayKey, object]
) -> str:
    """As in: Kept the weights of dense_1; dense_2 begins anew, but for its bias."""
    if weights.keys() == trained.weights.keys() and all(key in weights for key in shapes):
        return "Kept all weights."
    lacking = dict.fromkeys(layer for layer, name in shapes if (layer, name) not in weights)
    whole = dict.fromkeys(layer for layer, _ in weights if layer not in lacking)
    anew: list[str] = []
    kept = ["the weights of " + ", ".join(project.design.node(i).name for i in whole)]
    for layer in lacking:
        parts = [name for owner, name in weights if owner == layer]
        name = project.design.node(layer).name
        if parts:
            kept.append(f"of {name} the {' and '.join(parts)}")
        else:
            anew.append(name)
    said = ", and ".join(kept if whole else kept[1:]) or "no weights"
    if not anew:
        return f"Kept {said}."
    return f"Kept {said}; {', '.join(anew)} {'begins' if len(anew) == 1 else 'begin'} anew."
