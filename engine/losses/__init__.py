"""What training makes small: the value of each loss and its gradient, bound to buffers.

Definitions follow Keras 3 (`keras.losses`): the mean over the rows of a batch, and over the
outputs for the losses of regression and for binary cross-entropy; weights of rows multiply
before the mean over the rows, which divides by their count. Half the squared error is
scikit-learn's. Outputs and targets are kept `(outputs, rows)`.
"""

from engine.losses.auto import Auto
from engine.losses.base import Loss, LossSite, row_places
from engine.losses.distances import (
    HalfSquaredError,
    Huber,
    MeanAbsoluteError,
    MeanSquaredError,
)
from engine.losses.entropies import BinaryCrossentropy, CategoricalCrossentropy
from engine.ops import Op, Sigmoid

__all__ = [
    "Auto",
    "BinaryCrossentropy",
    "CategoricalCrossentropy",
    "HalfSquaredError",
    "Huber",
    "Loss",
    "LossSite",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "resolve",
    "row_places",
]


def resolve(loss: Loss, task: str, last: Op | None) -> Loss:
    """The loss itself, or for `Auto` the usual one for the task and the last op."""
    if not isinstance(loss, Auto):
        return loss
    if task == "regression":
        return MeanSquaredError()
    if task == "multilabel" or isinstance(last, Sigmoid):
        return BinaryCrossentropy()
    return CategoricalCrossentropy()
