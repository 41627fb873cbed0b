"""What a trainer yields: frozen facts about what just happened, in the order in which it did."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np

    from engine.project import EpochRecord, Trained

Reason = Literal["completed", "stopped", "early", "not finite", "rows lost"]


@dataclass(frozen=True)
class TrainingStarted:
    """Once, before the first batch. `epoch` is where it goes on from, `epochs` where it ends."""

    epoch: int
    epochs: int
    batches: int
    rows: int
    threads: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BatchesDone:
    """After each chunk of batches: their mean `loss`, without penalties on weights, and metrics.

    `x` is the time in epochs (2.5: half-way through the third), `rows` and `seconds` those of
    the chunk.
    """

    x: float
    epoch: int
    batch: int
    loss: float
    metrics: Mapping[str, float]
    learning_rate: float
    rows: int
    seconds: float


@dataclass(frozen=True)
class EpochDone:
    """After each epoch, validation included."""

    record: "EpochRecord"


@dataclass(frozen=True)
class Measured:
    """The arrays of one measurement that somebody wanted (see `control.Control.wanted`).

    `name` is the probe's, `layer` the layer's id or ""; `part` says which rows were measured,
    "" where it concerns none; `setting` is that of what was wanted. Arrays are read-only copies.
    """

    name: str
    layer: str
    part: Literal["", "training", "validation", "test"]
    epoch: float
    arrays: "Mapping[str, np.ndarray]"
    setting: Hashable = None


@dataclass(frozen=True)
class Checkpoint:
    """What training has made so far, each time that control asked for it; training goes on."""

    trained: "Trained"


@dataclass(frozen=True)
class Paused:
    """A pause or a step has ended; asking for the next event goes on when control says so."""

    trained: "Trained"


@dataclass(frozen=True)
class TrainingFinished:
    """The last event. `message` says in one sentence how it ended."""

    reason: Reason
    message: str
    trained: "Trained"


Event = (
    TrainingStarted | BatchesDone | EpochDone | Measured | Checkpoint | Paused | TrainingFinished
)
