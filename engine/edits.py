"""What an edit of the document keeps of what training made."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.project import ArrayKey, Arrays, Project, Trained
from engine.shapes import walk


def carry_over(trained: Trained, project: Project) -> tuple[Trained | None, str]:
    """What of `trained` fits the edited `project`, and a sentence that says what was kept.

    Arrays stay where the layer's id and the shape are unchanged, and where the shape cannot be
    known yet (a layer that has lost its input may get it back). The rest begins anew.
    """
    shapes = _shapes(project, trained.facts.width)
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
    """As in: Kept the weights of dense_1; dense_2 begins anew."""
    design = project.design
    layers = dict.fromkeys(layer for layer, _ in shapes)
    anew = [i for i in layers if any(k not in weights for k in shapes if k[0] == i)]
    kept = dict.fromkeys(layer for layer, _ in weights if layer not in anew)
    if not anew and weights.keys() == trained.weights.keys():
        return "Kept all weights."
    names = ", ".join(design.node(layer).name for layer in kept) or "nothing"
    said = f"Kept the weights of {names}" if kept else "Kept no weights"
    fresh = ", ".join(design.node(layer).name for layer in anew)
    if not fresh:
        return f"{said}."
    return f"{said}; {fresh} {'begins' if len(anew) == 1 else 'begin'} anew."
