"""Keras's HDF5 format without anything of Glasswork's own: the model, and no project."""

from pathlib import Path

from engine.export.format import Format
from engine.files.content import Content
from engine.files.keras_model import keras_model
from engine.files.packing import add_keras
from engine.files.writing import write
from engine.network import Network
from engine.project import Project, Trained


def _write(project: Project, trained: Trained, path: Path) -> None:
    """The configuration and the weights. Keras takes rows as `model.prepare` gives them."""
    width = trained.facts.width
    model = keras_model(project.design, width, project.name)
    network = Network(project.design, width, seed=trained.seed, weights=trained.weights)
    content = Content()
    add_keras(content, model, network.arrays())
    write(path, content)


KERAS = Format(
    name="keras",
    label="Keras HDF5",
    suffix=".h5",
    tip="The network alone, for Keras; it takes prepared rows.",
    write=_write,
)
