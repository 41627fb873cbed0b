"""What a probe may look at."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.data.dataset import DataFacts, Prepared
from engine.data.preprocessing import Preprocessing
from engine.network import Network
from engine.plan import Plan


@dataclass(frozen=True)
class Scene:
    """The network, and where rows were measured: their outputs `(rows, outputs)` and truth.

    `outputs` are logits where `logits` says so. `matrix` is the confusion over all `total` rows, of
    which outputs and truth may be a sample, those with the numbers `rows` in the table; None where
    there are no classes. `most` is how many rows a probe should look at one by one.

    `setting` is that of what is wanted. `gradients` are those of the last batch and `epoch_start`
    the weights before this epoch, laid out as the network's parameters; None where there are none.
    `kept` is what probes want to find again next time. `backward` goes over some training rows and
    gives the plan, in which each gradient can be seen. `figures` are those of all rows looked at,
    `norm_before_clipping` the length of the gradients where they may have been shortened since.
    """

    network: Network
    facts: DataFacts
    preprocessing: Preprocessing
    outputs: np.ndarray | None = None
    truth: np.ndarray | None = None
    logits: bool = False
    matrix: np.ndarray | None = None
    prepared: Prepared | None = None
    setting: Hashable = None
    gradients: np.ndarray | None = None
    epoch_start: np.ndarray | None = None
    kept: dict[Hashable, Any] = field(default_factory=dict)
    rows: np.ndarray | None = None
    total: int = 0
    most: int = 100_000
    backward: Callable[[], Plan | None] | None = None
    figures: Mapping[str, float] = field(default_factory=dict)
    norm_before_clipping: float | None = None
