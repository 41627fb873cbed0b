"""What goes on inside the network, over the canvas: gradients on links, a row's values on cards."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint

from engine.design import Design, Link
from gui import theme
from gui.canvas.flow_item import FlowItem
from gui.canvas.flow_legend import FlowLegend
from gui.canvas.lit_item import LitItem
from gui.canvas.pulse import Pulse, PulseItem
from gui.requests import ColourLinks, LightUp, PlayPulse, Shine

if TYPE_CHECKING:
    from gui.canvas.canvas import Canvas

EDGE = 12


class Lights(QObject):
    """Items that are made when something is first shown, and cost nothing before."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._flow: FlowItem | None = None
        self._lit: LitItem | None = None
        self._dots: PulseItem | None = None
        self._depths: dict[str, int] = {}
        self.legend = FlowLegend(canvas)
        self.pulse = Pulse(self)
        self.pulse.passed.connect(self._pass)
        theme.notifier.theme_changed.connect(self.legend.update)

    def act(self, request: Shine) -> None:
        """Does what a panel asks for."""
        match request:
            case ColourLinks(sizes=sizes, title=title, words=words):
                self.show_flow(sizes, title, words)
            case LightUp(values=values, words=words):
                self.show_lit(values, words)
            case PlayPulse():
                self.play()

    # ── gradients on links ──────────────────────────────────────────────────────────────────

    def show_flow(self, sizes: Mapping[Link, float] | None, title: str, words: str) -> None:
        """Colours the links by these lengths of gradients; None takes the colours away."""
        if sizes is None:
            if self._flow:
                self._flow.setVisible(False)
                self.legend.hide()
            return
        if self._flow is None:
            self._flow = FlowItem(self._canvas.scene.links)
            self._canvas.scene.addItem(self._flow)
        self._flow.setVisible(True)
        self._flow.show_sizes(sizes)
        self.legend.say(title, words, scale=True)
        self.place()

    # ── a row on cards ──────────────────────────────────────────────────────────────────────

    def show_lit(self, values: Mapping[str, np.ndarray] | None, words: Mapping[str, str]) -> None:
        """Shows on the cards what a row makes of the layers; None takes it away."""
        if values is None:
            self.pulse.stop()
            if self._lit and self._dots:
                self._lit.setVisible(False)
                self._dots.show_dots(())
            return
        if self._lit is None:
            scene = self._canvas.scene
            self._lit, self._dots = LitItem(lambda: scene.cards), PulseItem(scene.links)
            scene.addItem(self._lit)
            scene.addItem(self._dots)
        self._lit.setVisible(True)
        self._lit.show_values(values, words)

    def play(self) -> None:
        """Sends the row through the network once, from the inputs on."""
        if self._lit is not None:
            self._depths = depths(self._canvas.document.project.design)
            self.pulse.begin(max(self._depths.values(), default=0))

    def place(self) -> None:
        """Puts the legend into its corner."""
        corner = self._canvas.rect().bottomLeft() - self.legend.rect().bottomLeft()
        self.legend.move(corner + QPoint(EDGE, -EDGE))
        self.legend.raise_()

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _pass(self, passed: float) -> None:
        if self._lit is None or self._dots is None:
            return
        if passed >= max(self._depths.values(), default=0):
            self._dots.show_dots(())
            self._lit.reach(None)
            return
        reached = frozenset(layer for layer, depth in self._depths.items() if depth <= passed)
        self._lit.reach(reached)
        links = self._canvas.document.project.design.links
        self._dots.show_dots(
            [
                (link, passed - self._depths[link.target] + 1)
                for link in links
                if 0 < self._depths[link.target] - passed <= 1
            ]
        )


def depths(design: Design) -> dict[str, int]:
    """How many links lie between the inputs and each layer, along the longest way."""
    found: dict[str, int] = {}
    for layer in design.order:
        parents = design.parents(layer)
        found[layer] = max((found[parent] + 1 for parent in parents), default=0)
    return found
