"""A fitted estimator from a model: what was trained, and parameters that train it so again."""

from typing import Any

import numpy as np

from engine.data.fitted import CategoryColumn, FittedColumn, NumberColumn
from engine.data.preprocessing import Preprocessing
from engine.data.recipe import Column, DataRecipe
from engine.data.sources.given import Given
from engine.edits import require_whole
from engine.errors import TrainingError
from engine.estimator.classifier import NetworkClassifier
from engine.estimator.fitted import network_of
from engine.estimator.regressor import NetworkRegressor
from engine.estimator.watch import Curves
from engine.losses import resolve
from engine.model import Model
from engine.optimizers import SGD, Adam, Momentum, Nesterov, Optimizer
from engine.project import Project, Trained


def estimator_of(model: Model) -> NetworkClassifier | NetworkRegressor:
    """See `Model.as_estimator`. Raises TrainingError where nothing, or not all, was trained."""
    project, trained = model.project, model.trained
    if trained is None:
        raise TrainingError(f"{project.name} has not been trained yet")
    require_whole(trained, project)
    network = network_of(project, trained)
    parameters = _parameters(project, trained)
    task = trained.preprocessing.target.task
    if task == "regression":
        loss = resolve(project.training.loss, task, network.output_op)
        estimator = NetworkRegressor(**parameters, loss=loss)
    else:
        weights = project.training.class_weights
        chosen = "balanced" if weights == "balanced" else None
        estimator = NetworkClassifier(**parameters, class_weight=chosen)
        several = trained.preprocessing.target.labels
        estimator.classes_ = np.arange(len(several)) if several else model.classes
    estimator._prepares = parameters["data"] is not None
    estimator._become(project, trained, network, _curves(trained))
    return estimator


def _parameters(project: Project, trained: Trained) -> dict[str, Any]:
    """What fits the project's design again, as its recipes say."""
    recipe = project.training
    stopping = recipe.early_stopping
    validation = project.data.split.validation if project.data else 0.0
    watched = bool(stopping.patience and validation)
    return {
        "design": project.design,
        "data": _preparation(project, trained.preprocessing),
        "training": recipe,
        "alpha": 0.0,
        "batch_size": trained.facts.split[0] if recipe.batch_size == "all" else recipe.batch_size,
        "max_iter": recipe.epochs,
        "shuffle": recipe.shuffle,
        "random_state": recipe.seed,
        "learning_rate_init": recipe.optimizer.learning_rate,
        "n_iter_no_change": stopping.patience or np.inf,
        "tol": stopping.min_delta,
        "early_stopping": watched,
        "validation_fraction": validation if watched else 0.1,
        "precision": recipe.precision,
        **_solver(recipe.optimizer),
    }


def _solver(optimizer: Optimizer) -> dict[str, Any]:
    """The parameters that stand for the optimizer: by scikit-learn's names where it has them."""
    match optimizer:
        case SGD():
            return {"solver": "sgd", "momentum": 0.0}
        case Nesterov() | Momentum() if type(optimizer) in (Nesterov, Momentum):
            nesterov = isinstance(optimizer, Nesterov)
            momentum = optimizer.momentum
            return {"solver": "sgd", "momentum": momentum, "nesterovs_momentum": nesterov}
        case Adam() if type(optimizer) is Adam:
            names = "beta_1", "beta_2", "epsilon"
            return {"solver": "adam"} | {name: getattr(optimizer, name) for name in names}
        case _:
            return {"solver": optimizer}


def _preparation(project: Project, fitted: Preprocessing) -> DataRecipe | None:
    """How columns are prepared, each used as it was; None where they are taken as they are."""
    target = fitted.target
    scaled = {*target.mean} - {0.0} or {*target.scale} - {1.0}
    if not scaled and all(each == NumberColumn(each.name) for each in fitted.columns):
        return None
    recipe = project.data or DataRecipe(source=Given())
    chosen = {column.name: column for column in recipe.columns}
    columns = tuple(
        chosen.get(each.name, Column(name=each.name, kind=_kind(each), scaling=recipe.scaling))
        for each in fitted.columns
    )
    return recipe.edited(source=Given(), columns=columns)


def _kind(column: FittedColumn) -> Any:
    if isinstance(column, NumberColumn):
        return "number"
    return "category" if isinstance(column, CategoryColumn) else "ignore"


def _curves(trained: Trained) -> Curves:
    losses = [record.training["loss"] for record in trained.history if "loss" in record.training]
    return Curves(
        losses=losses,
        loss=losses[-1] if losses else None,
        best_loss=min(losses, default=None),
        rows_seen=sum(record.rows for record in trained.history),
        epochs=trained.progress.epoch,
    )
