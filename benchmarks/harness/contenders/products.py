"""The matrix products of a training step and nothing else: what no trainer can go below.

Forward `W x`; backward `dZ xᵀ` for the weights and `Wᵀ dZ` for what the layer before is told.
"""

from functools import partial

import numpy as np

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, Times, timed

# Two factors, and where their product goes.
Product = tuple[np.ndarray, np.ndarray, np.ndarray]


def enter(case: Case) -> Run:
    """Goes through the products of as many steps."""
    draw = np.random.default_rng(0)
    products: list[Product] = []
    x = draw.standard_normal((case.batch, case.widths[0]), np.float32).T
    for number, (inputs, units) in enumerate(case.products):
        # Of a size that keeps the numbers alike from layer to layer, however many there are.
        W = draw.standard_normal((units, inputs), np.float32) / inputs**0.5
        Z, dZ = np.ones((2, units, case.batch), np.float32)
        products += [(W, x, Z), (dZ, x.T, np.empty_like(W))]
        if number:
            products.append((W.T, dZ, np.empty((inputs, case.batch), np.float32)))
        x = Z

    def run(epochs: int) -> Times:
        return timed(partial(_multiply, products, epochs * case.steps))

    return run


def _multiply(products: list[Product], steps: int) -> None:
    for _ in range(steps):
        for a, b, out in products:
            np.matmul(a, b, out=out)
