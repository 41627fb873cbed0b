"""The document: a `Project` (design, layout, recipes) and what training made of it, `Trained`.

Both are values. A `Project` is plain data and compares cheaply by `is`; a `Trained` holds
read-only arrays keyed by (layer id, name).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from engine.data.dataset import DataFacts
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import DataRecipe
from engine.design import Design
from engine.groups import Group, Groups, Note, of_layers
from engine.judgement.kept import Judgement, TestLooks
from engine.kinds import ChoiceOf, Value
from engine.kinds import field as option
from engine.losses import Auto, Loss
from engine.optimizers import Adam, Optimizer
from engine.schedules import Constant, Schedule

ArrayKey = tuple[str, str]
Arrays = Mapping[ArrayKey, np.ndarray]


class Position(Value):
    """Where the top left corner of a layer's card lies, in scene units (pixels at zoom 1)."""

    id: str
    x: float
    y: float


class EarlyStopping(Value):
    """Ends training when the validation loss has stopped falling (training loss without one)."""

    patience: int = option(
        0,
        "Patience",
        "Epochs without progress before stopping; 0 for never.",
        unit="epochs",
        ge=0,
        le=1_000_000,
    )
    min_delta: float = option(
        0.0,
        "Least progress",
        "A smaller fall of the loss does not count.",
        ge=0,
        le=1e6,
        advanced=True,
    )
    restore_best: bool = option(
        True, "Restore best", "Return to the weights of the best epoch at the end."
    )


class TrainingRecipe(Value):
    """Everything that decides how a design is trained, besides the data."""

    epochs: int = option(100, "Epochs", "Passes over the training rows.", ge=1, le=1_000_000)
    batch_size: Annotated[int, Field(strict=True, ge=1, le=10_000_000)] | Literal["all"] = option(
        32, "Batch size", "Rows in one step: 1, 32, all, or any number.", strict=None
    )
    optimizer: ChoiceOf[Optimizer] = option(Adam, "Optimizer", "How gradients change the weights.")
    schedule: ChoiceOf[Schedule] = option(
        Constant, "Schedule", "How the learning rate moves during training."
    )
    warmup: float = option(
        0.0,
        "Warm-up",
        "Epochs in which the rate rises from 0, before the schedule.",
        unit="epochs",
        ge=0,
        le=10_000,
    )
    loss: ChoiceOf[Loss] = option(Auto, "Loss", "What training makes small.")
    class_weights: Literal["none", "balanced"] = option(
        "none", "Class weights", "Balanced: rare classes count more, n / (classes · count)."
    )
    clip_norm: float = option(
        0.0,
        "Clip norm",
        "The longest gradient allowed, over all weights; 0 for no limit.",
        ge=0,
        le=1e9,
        advanced=True,
    )
    clip_value: float = option(
        0.0,
        "Clip value",
        "The largest single gradient allowed; 0 for no limit.",
        ge=0,
        le=1e9,
        advanced=True,
    )
    early_stopping: EarlyStopping = option(
        EarlyStopping, "Early stopping", "When to end before the last epoch."
    )
    shuffle: bool = option(
        True, "Shuffle", "Take the rows in a new order every epoch.", advanced=True
    )
    seed: int = option(0, "Seed", "Decides initial weights, order and noise.", ge=0, lt=2**32)
    precision: Literal["float32", "float64"] = option(
        "float32", "Precision", "float64 is slower; for checks of gradients.", advanced=True
    )
    threads: Literal["auto", "fastest", 1, 2, 3, 4, 6, 8, 12, 16] = option(
        "auto",
        "Threads",
        "BLAS threads. One count gives the same results bit for bit, and automatic keeps to one; "
        "fastest tries again while running, so that another run may differ in the last digits.",
        advanced=True,
    )


class Project(Value):
    """What a person made: the design, where its cards lie, the data and the training recipe.

    `judgement` says how probabilities of two classes become predictions.
    Groups and notes belong to the layout: no weights depend on them, and training leaves them free.
    """

    name: str = "untitled"
    design: Design = Field(default_factory=Design)
    layout: tuple[Position, ...] = ()
    groups: tuple[Group, ...] = ()
    notes: tuple[Note, ...] = ()
    data: DataRecipe | None = None
    training: TrainingRecipe = Field(default_factory=TrainingRecipe)
    judgement: Judgement = Field(default_factory=Judgement)
    test_looks: TestLooks = Field(default_factory=TestLooks)

    @field_validator("groups")
    @classmethod
    def _of_layers_that_are_there(cls, groups: Groups, info: ValidationInfo) -> Groups:
        design: Design | None = info.data.get("design")
        return groups if design is None else of_layers(groups, design.ids)


class Sendable:
    """Can be copied and sent to another process, where its read-only mappings are plain ones."""

    def __getstate__(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in vars(self).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, MappingProxyType):
        return {key: _plain(each) for key, each in value.items()}
    return value


@dataclass(frozen=True)
class EpochRecord(Sendable):
    """One epoch's figures. Metric names are "loss", "accuracy", "mae", "rmse", "r2", …

    `training` is measured on the batches as they were trained; `validation` after the epoch;
    empty where there are no such rows. Regression metrics are in the target's own units.
    `learning_rate` is that of the epoch's first batch, `seconds` include the validation.
    """

    epoch: int
    training: Mapping[str, float]
    validation: Mapping[str, float]
    learning_rate: float
    seconds: float
    rows: int


@dataclass(frozen=True)
class Progress:
    """Where training stands, to the batch, with all that an exact resumption needs.

    `step` counts optimizer updates, `epoch` the epochs done, `row` the rows done of the one under
    way, and `target` is the epoch at which the run ends. `sums` are the running totals of that
    epoch; `random` maps a layer's id to the state of its generator (plain JSON). `best` and `wait`
    belong to early stopping, `plateau` to the schedule (factor, best, wait). `learning_rate` is
    the base rate in force and `recipe_rate` what the recipe said: they differ where it was
    changed while running. `threads` counts the BLAS threads.
    """

    epoch: int = 0
    row: int = 0
    step: int = 0
    target: int = 0
    learning_rate: float | None = None
    recipe_rate: float | None = None
    sums: tuple[float, ...] = ()
    random: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    best: float | None = None
    best_epoch: int = 0
    wait: int = 0
    plateau: tuple[float, float | None, int] = (1.0, None, 0)
    threads: int = 1
    seconds: float = 0.0


@dataclass(frozen=True)
class Trained(Sendable):
    """What training made: read-only arrays, and everything needed to go on bit for bit.

    `weights` holds trained and moving arrays by (layer id, name), `kernel` as (inputs, units).
    `slots` the optimizer's, by slot name, then like `weights`. `best` the weights of the best
    epoch, if early stopping keeps them. Arrays may lack after an edit: they begin anew.
    """

    weights: Arrays
    slots: Mapping[str, Arrays]
    best: Arrays
    progress: Progress
    history: tuple[EpochRecord, ...]
    preprocessing: Preprocessing
    facts: DataFacts
    seed: int = 0
