"""The parameters of the estimators, and what each may be.

They are named as those of scikit-learn's MLPClassifier and MLPRegressor and mean the same.
"""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, fields
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BeforeValidator, Field, InstanceOf, TypeAdapter, ValidationError

from engine.activations import Activation
from engine.data.recipe import DataRecipe
from engine.design import Design
from engine.errors import TrainingError, sentence
from engine.kinds import K
from engine.layers.dense import MAX_UNITS
from engine.losses import Loss
from engine.optimizers import Optimizer
from engine.project import TrainingRecipe

# scikit-learn's names of activations that have another name here.
ACTIVATIONS = {"identity": "linear", "logistic": "sigmoid"}
LOSSES = {"squared_error": "half_squared_error", "absolute_error": "mean_absolute_error"}
SOLVERS = ("lbfgs", "sgd", "adam")


def _sizes(value: Any) -> tuple[int, ...]:
    sizes = value if isinstance(value, (tuple, list)) else (value,)
    if not all(_whole(each) and each <= MAX_UNITS for each in sizes):
        raise ValueError(f"be one or several whole numbers from 1 to {MAX_UNITS:,}, not {value!r}")
    return tuple(sizes)


def _activation(value: Any) -> Activation:
    return _member(Activation, value, ACTIVATIONS)


def _solver(value: Any) -> Any:
    return value if value in SOLVERS else _member(Optimizer, value, dict.fromkeys(SOLVERS))


def _loss(value: Any) -> Loss:
    return _member(Loss, value, LOSSES)


def _member(family: type[K], value: Any, names: Mapping[str, Any]) -> K:
    """The member of that name, the engine's or one of `names`, or the value if it is one."""
    if isinstance(value, str) and value not in {*names, *family.family}:
        known = ", ".join(sorted({*names, *family.family}))
        raise ValueError(f"be one of {known}, not {value!r}")
    return family.parse(names.get(value, value) if isinstance(value, str) else value)


def _batch(value: Any) -> Any:
    if value != "auto" and not _whole(value):
        raise ValueError(f"be 'auto' or a whole number from 1, not {value!r}")
    return value


def _patience(value: Any) -> Any:
    if value != np.inf and not _whole(value):
        raise ValueError(f"be a whole number from 1 or infinite, not {value!r}")
    return value


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


Count = Annotated[int, Field(strict=True, ge=1)]
Epochs = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Share = Annotated[float, Field(strict=True, ge=0, lt=1)]
Size = Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
Rate = Annotated[float, Field(strict=True, gt=0, le=100)]
Epsilon = Annotated[float, Field(strict=True, gt=0, le=1)]
Switch = Annotated[bool, Field(strict=True)]


@dataclass(eq=False, repr=False)
class Settings:
    """What both estimators take; each field says where it goes beyond scikit-learn's."""

    hidden_layer_sizes: Annotated[Any, BeforeValidator(_sizes)] = (100,)
    # Also any activation of the engine, by its name or as a value.
    activation: Annotated[Any, BeforeValidator(_activation)] = "relu"
    _: KW_ONLY
    # Also any optimizer of the engine, by its name or as a value.
    solver: Annotated[Any, BeforeValidator(_solver)] = "adam"
    alpha: Size = 0.0001
    batch_size: Annotated[Any, BeforeValidator(_batch)] = "auto"
    learning_rate: Literal["constant", "invscaling", "adaptive"] = "constant"
    learning_rate_init: Rate = 0.001
    power_t: Size = 0.5
    max_iter: Epochs = 200
    shuffle: Switch = True
    random_state: Any = None
    tol: Size = 0.0001
    verbose: Annotated[int, Field(ge=0)] = False
    warm_start: Switch = False
    momentum: Share = 0.9
    nesterovs_momentum: Switch = True
    early_stopping: Switch = False
    validation_fraction: Share = 0.1
    beta_1: Share = 0.9
    beta_2: Share = 0.999
    epsilon: Epsilon = 1e-8
    n_iter_no_change: Annotated[Any, BeforeValidator(_patience)] = 10
    max_fun: Count = 15000
    # Any graph in place of hidden_layer_sizes and activation: its last layer must fit the target.
    design: InstanceOf[Design] | None = None
    # How columns are prepared (text, missing values, scaling); None takes numbers as they are.
    data: InstanceOf[DataRecipe] | None = None
    # What has no parameter here: schedule, warm-up, clipping, a classifier's loss, threads.
    training: InstanceOf[TrainingRecipe] | None = None
    # The floating-point type of the network; "auto" is that of X.
    precision: Literal["auto", "float32", "float64"] = "auto"

    @property
    def patience(self) -> float:
        """Epochs without progress that are put up with, or infinity."""
        return float(self.n_iter_no_change)


@dataclass(eq=False, repr=False, kw_only=True)
class ClassifierSettings(Settings):
    """What the classifier takes."""

    # None, "balanced", or a weight for each class.
    class_weight: Any = None


@dataclass(eq=False, repr=False, kw_only=True)
class RegressorSettings(Settings):
    """What the regressor takes."""

    # Half the squared error, as in scikit-learn; also any loss of the engine for numbers.
    loss: Annotated[Any, BeforeValidator(_loss)] = "squared_error"


S = TypeVar("S", bound=Settings)


def checked(estimator: Settings, kind: type[S]) -> S:
    """The estimator's parameters apart from it, each of the type and in the range that it has.

    Raises TrainingError with one sentence that names the first that is not.
    """
    given = {each.name: _plain(getattr(estimator, each.name)) for each in fields(kind)}
    try:
        return _adapter(kind).validate_python(given)
    except ValidationError as error:
        raise TrainingError(sentence(error, type(estimator).__name__)) from None


@cache
def _adapter(kind: type[S]) -> TypeAdapter[S]:
    return TypeAdapter(kind)


def _plain(value: Any) -> Any:
    """Numbers and arrays of NumPy, as a search over parameters brings them, as Python's own."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return value
