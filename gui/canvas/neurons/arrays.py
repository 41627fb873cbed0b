"""Which weights an unfolded layer shows now: measured in the run, trained, or the first ones."""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.by_hand import arrays_of
from engine.design import Node
from engine.events import Event, Measured
from gui.canvas.neurons.unfolded import Unfolded, input_names, unit_names
from gui.document import Document
from gui.words import tr

PROBE = "weights"


class Arrays:
    """What was measured counts until the document holds other weights."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._measured: dict[str, Mapping[str, np.ndarray]] = {}
        self._key: tuple[object, object, object] = (None, None, None)
        self._found: Mapping[str, np.ndarray] = {}

    def forget(self) -> None:
        """What was measured is no longer true."""
        self._measured.clear()

    def take_in(self, events: Sequence[Event], layer: str) -> bool:
        """Whether there was something new of that layer (id)."""
        mine = [each for each in events if isinstance(each, Measured) and each.layer == layer]
        mine = [each for each in mine if each.name == PROBE]
        if mine:
            self._measured = {layer: mine[-1].arrays}
        return bool(mine)

    def unfolded(self, node: Node) -> Unfolded:
        """The layer with its newest weights."""
        document = self._document
        design = document.project.design
        arrays = self._measured.get(node.id) or self._standing(node)
        before = [design.node(each).name for each in design.parents(node.id)]
        return Unfolded(
            node.name,
            ", ".join(before),
            arrays["kernel"],
            arrays.get("bias"),
            input_names(design, node, document.facts),
            unit_names(design, node, document.facts),
        )

    def origin(self, node: Node) -> str:
        """Where these weights are from, in a few words."""
        document, trained = self._document, self._document.trained
        if node.id in self._measured:
            return tr("Live")
        if trained is None or (node.id, "kernel") not in trained.weights:
            seed = document.project.training.seed
            return tr("Not trained yet: the first weights of seed {seed}", seed=seed)
        epochs = trained.progress.epoch
        if epochs == 1:
            return tr("After 1 epoch")
        return tr("After {n} epochs", n=f"{epochs:,}")

    def _standing(self, node: Node) -> Mapping[str, np.ndarray]:
        """Of the document; first weights are drawn once, since that can take a while."""
        document = self._document
        ops, project = document.walk.ops[node.id], document.project
        key = document.trained, ops, project.training
        if any(old is not new for old, new in zip(self._key, key, strict=True)):
            self._key = key
            self._found = arrays_of(project, document.trained, node.id, ops)
        return self._found
