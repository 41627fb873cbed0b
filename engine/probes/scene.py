"""What a probe may look at."""

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import DataFacts
from engine.data.preprocessing import Preprocessing
from engine.network import Network


@dataclass(frozen=True)
class Scene:
    """The network, and where rows were measured: their outputs `(rows, outputs)` and truth.

    `outputs` are logits where `logits` says so. `matrix` is the confusion over all rows, of which
    outputs and truth may be a sample; None where there are no classes.
    """

    network: Network
    facts: DataFacts
    preprocessing: Preprocessing
    outputs: np.ndarray | None = None
    truth: np.ndarray | None = None
    logits: bool = False
    matrix: np.ndarray | None = None
