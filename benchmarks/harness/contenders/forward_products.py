"""The matrix products of prediction and nothing else, batch by batch over all rows."""

import numpy as np

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, Times, timed


def enter(case: Case) -> Run:
    """Goes through the rows once an epoch."""
    draw = np.random.default_rng(0)
    X = case.arrays()[0]
    layers = [
        (draw.standard_normal((units, inputs), np.float32), np.empty((units, case.batch), "f"))
        for inputs, units in case.products
    ]

    def once() -> None:
        for start in range(0, case.rows, case.batch):
            x = X[start : start + case.batch].T
            for W, Z in layers:
                x = np.matmul(W, x, out=Z)

    def run(epochs: int) -> Times:
        return timed(lambda: [once() for _ in range(epochs)])

    return run
