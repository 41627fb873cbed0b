"""From parameters in scikit-learn's terms to a project in the engine's own."""

from engine.design import Design
from engine.errors import TrainingError
from engine.estimator.goal import Goal
from engine.estimator.rows import Given
from engine.estimator.settings import Settings
from engine.files.foreign import laid_out
from engine.layers import Dense, Input
from engine.optimizers import SGD, Adam, Momentum, Nesterov, Optimizer
from engine.project import EarlyStopping, Project, TrainingRecipe

AUTO_BATCH = 200
MOST_L2 = 100.0  # as `Dense` says


def project_of(
    settings: Settings, goal: Goal, given: Given, *, name: str, seed: int, precision: str
) -> Project:
    """A project that trains the given rows as the parameters say."""
    rows = len(given.train)
    batch = batch_of(settings, rows)
    # scikit-learn adds ½ alpha ΣW² to the weighted sum over a batch, and divides by its weight.
    l2 = settings.alpha / 2 / (min(batch, rows) * given.mean_weight)
    design = penalised(design_of(settings, goal), l2)
    base = settings.training or TrainingRecipe()
    training = base.edited(
        epochs=settings.max_iter,
        batch_size=batch,
        optimizer=optimizer_of(settings),
        loss=goal.loss,
        class_weights="none",
        early_stopping=EarlyStopping(),
        shuffle=settings.shuffle,
        seed=seed,
        precision=precision,
    )
    return Project(name=name, design=design, layout=laid_out(design), training=training)


def batch_of(settings: Settings, rows: int) -> int:
    """Rows in a step; L-BFGS takes them all."""
    if settings.solver == "lbfgs":
        return rows
    return min(AUTO_BATCH, rows) if settings.batch_size == "auto" else settings.batch_size


def design_of(settings: Settings, goal: Goal) -> Design:
    """The design that was given, or Dense layers one after the other."""
    if settings.design is not None:
        return settings.design
    hidden = [
        Dense(units=units, activation=settings.activation) for units in settings.hidden_layer_sizes
    ]
    return Design.chain(Input(), *hidden, Dense(units=goal.outputs, activation=goal.activation))


def penalised(design: Design, l2: float) -> Design:
    """The design with a penalty on the squared weights of every Dense layer, beside its own."""
    for node in design.nodes if l2 else ():
        if isinstance(node.layer, Dense):
            total = node.layer.l2 + l2
            if total > MOST_L2:
                raise TrainingError(f"alpha is too large: it makes a penalty of {total:g} a row")
            design = design.replace(node.id, node.layer.edited(l2=total))
    return design


def optimizer_of(settings: Settings) -> Optimizer:
    """The optimizer that a solver's name and its own parameters stand for."""
    rate, solver = settings.learning_rate_init, settings.solver
    if isinstance(solver, Optimizer):
        return solver.edited(learning_rate=rate)
    if solver != "sgd":
        betas = {"beta_1": settings.beta_1, "beta_2": settings.beta_2}
        return Adam(learning_rate=rate, epsilon=settings.epsilon, **betas)
    if not settings.momentum:
        return SGD(learning_rate=rate)
    kind = Nesterov if settings.nesterovs_momentum else Momentum
    return kind(learning_rate=rate, momentum=settings.momentum)
