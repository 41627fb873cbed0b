"""Gradients of a whole network beside central differences."""

from dataclasses import dataclass, field

import numpy as np

from engine import seeds
from engine.design import Design
from engine.losses import Loss
from engine.network import Network
from engine.plan import Plan
from engine.update import penalties

STEP = 1e-5


@dataclass
class Check:
    """A design in float64 with one batch, its loss with penalties, and its gradient.

    `targets` is `(rows, outputs)`; random ops draw the same numbers in each pass.
    """

    design: Design
    X: np.ndarray
    targets: np.ndarray
    loss: Loss
    weights: np.ndarray | None = None
    seed: int = 0
    network: Network = field(init=False)
    plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self.network = Network(self.design, self.X.shape[1], seed=self.seed, dtype="float64")
        draw = np.random.default_rng(self.seed + 1)
        for view in self.network.views.values():
            view += draw.uniform(-0.3, 0.3, view.shape)
        self._generators = {
            step.layer: seeds.generator(self.seed, step.layer, "noise")
            for step in self.network.steps
            if step.op.random
        }
        self._states = {
            layer: generator.bit_generator.state for layer, generator in self._generators.items()
        }
        self.plan = self.network.plan(
            len(self.X),
            training=True,
            loss=self.loss,
            weighted=self.weights is not None,
            generators=self._generators,
        )
        self.plan.input[:, :-1] = self.X
        self.plan.targets[...] = self.targets
        if self.plan.weights is not None:
            self.plan.weights[...] = self.weights

    def value(self) -> float:
        """The mean loss of the batch plus all penalties, at the weights as they are."""
        for layer, generator in self._generators.items():
            generator.bit_generator.state = self._states[layer]
        self.plan.run()
        data = self.loss.value(
            self.plan.outputs[0], self.plan.targets.T, self.plan.weights, fused=self.plan.fused
        )
        return data + self._penalty()

    def _penalty(self) -> float:
        total = 0.0
        for key, view in self.network.views.items():
            said = self.network.parameter(key)
            total += said.l1 * np.abs(view).sum() + said.l2 * np.square(view).sum()
        return float(total)

    def analytic(self) -> np.ndarray:
        """The gradient as training computes it, by backward kernels and those of penalties."""
        self.value()
        for kernel in penalties(self.network, self.plan.gradients):
            kernel()
        return _named(self.network, self.plan.gradients)

    def numeric(self) -> np.ndarray:
        """Central differences, one weight after the other."""
        found = np.zeros_like(self.network.parameters)
        for key, view in self.network.trained_views(self.network.parameters).items():
            slopes = self.network.trained_views(found)[key]
            for index in np.ndindex(view.shape):
                slopes[index] = self._slope(view, index)
        return _named(self.network, found)

    def _slope(self, view: np.ndarray, index: tuple[int, ...]) -> float:
        before = view[index]
        view[index] = before + STEP
        above = self.value()
        view[index] = before - STEP
        below = self.value()
        view[index] = before
        return (above - below) / (2 * STEP)

    def error(self) -> float:
        """`max|a-n| / max(1e-8, max|a|, max|n|)` over the whole network's gradient."""
        a, n = self.analytic(), self.numeric()
        return float(np.abs(a - n).max() / max(1e-8, np.abs(a).max(), np.abs(n).max()))

    def nearest_kink(self) -> float:
        """How near any value comes to a bend: of an activation at 0, of a penalty, of a loss."""
        self.value()
        plan = self.network.plan(
            len(self.X), training=True, share=False, loss=self.loss, generators=self._generators
        )
        for layer, generator in self._generators.items():
            generator.bit_generator.state = self._states[layer]
        plan.input[:, :-1] = self.X
        plan.targets[...] = self.targets
        plan.run()
        return _nearest(self, plan)


BENT = ("Relu", "LeakyRelu", "Elu", "Selu")


def _nearest(check: Check, plan: Plan) -> float:
    bent = [step for step in plan.wiring.steps if type(step.op).__name__ in BENT]
    near = [np.inf, *(float(np.abs(plan.tensor(step.inputs[0])).min()) for step in bent)]
    for key, view in check.network.views.items():
        if check.network.parameter(key).l1:
            near.append(float(np.abs(view).min()))
    error = np.abs(plan.outputs[0] - check.plan.targets.T)
    if check.loss.kind == "mean_absolute_error":
        near.append(float(error.min()))
    if check.loss.kind == "huber":
        near.append(float(np.abs(error - 1.0).min()))
    return min(near)


def _named(network: Network, vector: np.ndarray) -> np.ndarray:
    """All trained numbers of a flat vector, without the places that no array has."""
    return np.concatenate([view.ravel() for view in network.trained_views(vector).values()])
