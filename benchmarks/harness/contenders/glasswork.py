"""Glasswork through its public interface: a `Project`, a `Trainer`, and its events read."""

from collections import deque
from functools import partial

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, Times, timed
from engine import Design, Project, Trainer, TrainingRecipe, layers
from engine.activations import Relu, Softmax
from engine.data import DataRecipe, Prepared, SplitRecipe

EXTRAS = {
    "dropout": partial(layers.Dropout, rate=0.2),
    "batch_normalization": layers.BatchNormalization,
}


def enter(case: Case) -> Run:
    """Trains on rows prepared once."""
    ready: list[Prepared] = []

    def run(epochs: int) -> Times:
        made = project(case, epochs)
        if not ready:
            ready.append(Trainer(made, *case.arrays()).prepared)
        trainer = Trainer(made, prepared=ready[0])
        return timed(partial(deque, trainer.run(), maxlen=0))

    return run


def project(case: Case, epochs: int) -> Project:
    """The case as a person would write it: nothing held back, nothing scaled."""
    split = SplitRecipe(validation=0, test=0)
    data = DataRecipe.model_validate(
        {"source": "given", "task": "classification", "scaling": "none", "split": split}
    )
    training = TrainingRecipe.model_validate(
        {
            "epochs": epochs,
            "batch_size": case.batch,
            "optimizer": {"kind": case.optimizer, "learning_rate": 1e-3},
            "threads": case.threads,
        }
    )
    return Project(design=design(case), data=data, training=training)


def design(case: Case) -> Design:
    """The layers of the case and their links."""
    made = Design.chain(layers.Input())
    for inputs, units in case.products[:-1]:
        before = made.nodes[-1].id
        made = made.add(layers.Dense(units=units, activation=Relu()), after=[before])
        if case.extra != "none":
            made = made.add(EXTRAS[case.extra](), after=[made.nodes[-1].id])
        if case.shape == "residual" and inputs == units:
            made = made.add(layers.Add(), after=[made.nodes[-1].id, before])
    last = layers.Dense(units=case.widths[-1], activation=Softmax())
    return made.add(last, after=[made.nodes[-1].id])
