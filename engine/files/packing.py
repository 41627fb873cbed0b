"""From a project and what training made of it to the content of a file."""

from collections.abc import Mapping

import numpy as np

from engine import seeds
from engine.data.dataset import DataFacts
from engine.errors import DesignError, FileError
from engine.files.content import MODEL_CONFIG, PROJECT, TRAINED, Content
from engine.files.history import to_columns
from engine.files.index import Index
from engine.files.keras_model import KERAS_VERSION, KerasModel, keras_model
from engine.network import Network
from engine.project import ArrayKey, Arrays, Project, Trained

PROOF_ROWS = 8


def packed(project: Project, trained: Trained | None, facts: DataFacts | None) -> Content:
    """Everything of `project` and `trained`; also a Keras model where the design is sound.

    `facts` give the width of the input where nothing is trained yet.
    """
    content = Content()
    facts = trained.facts if trained else facts
    network = _network(project, trained, facts.width) if facts else None
    paths: Mapping[ArrayKey, str] = {}
    if network is not None and facts is not None:
        model = keras_model(project.design, facts.width, project.name)
        add_keras(content, model, network.arrays())
        _add_proof(content, network, facts.width)
        paths = model.paths
    content.attributes[PROJECT] = project.model_dump_json()
    if trained is not None:
        _require_finite(project, {**trained.best, **trained.weights})
        _add_trained(content, trained, paths)
    return content


def add_keras(content: Content, model: KerasModel, arrays: Arrays) -> None:
    """The configuration and the weights, laid out as Keras reads them."""
    content.attributes[MODEL_CONFIG] = model.config()
    for group in ("", "model_weights"):
        content.attributes[group, "keras_version"] = KERAS_VERSION
        content.attributes[group, "backend"] = "torch"
    names = tuple(layer.name for layer in model.layers)
    content.attributes["model_weights", "layer_names"] = names
    for layer in model.layers:
        listed = tuple(f"{layer.name}/{name}" for _, name in layer.weights)
        content.attributes[f"model_weights/{layer.name}", "weight_names"] = listed
        for key in layer.weights:
            content.arrays[layer.path(key[1])] = arrays[key]


def place_of(group: str, key: ArrayKey) -> str:
    """Where an array that belongs to a layer lies within `group`."""
    return f"glasswork/{group}/{key[0]}/{key[1]}"


def _network(project: Project, trained: Trained | None, width: int) -> Network | None:
    """The design with the weights there are; None where it cannot run yet."""
    weights = trained.weights if trained else {}
    seed = trained.seed if trained else project.training.seed
    precision = project.training.precision
    try:
        return Network(project.design, width, seed=seed, dtype=precision, weights=weights)
    except DesignError:
        return None


def _add_proof(content: Content, network: Network, width: int) -> None:
    """A few prepared rows with their outputs, which opening the file recomputes."""
    rows = seeds.generator(0, "", "proof").standard_normal((PROOF_ROWS, width))
    inputs = rows.astype(np.float32)
    content.arrays["glasswork/proof/inputs"] = inputs
    outputs = network.predict(inputs)
    if np.isfinite(outputs).all():
        content.arrays["glasswork/proof/outputs"] = outputs


def _add_trained(content: Content, trained: Trained, paths: Mapping[ArrayKey, str]) -> None:
    spec, figures = trained.preprocessing.to_arrays()
    content.attributes[TRAINED] = Index.of(trained, spec).to_json()
    arrays = content.arrays
    arrays |= {f"glasswork/preprocessing/{name}": each for name, each in figures.items()}
    arrays |= {
        f"glasswork/history/{name}": each for name, each in to_columns(trained.history).items()
    }
    arrays |= {place_of("checkpoints/best", key): each for key, each in trained.best.items()}
    for slot, each in trained.slots.items():
        arrays |= {place_of(f"optimizer/{slot}", key): array for key, array in each.items()}
    for key, each in trained.weights.items():
        arrays[paths.get(key, place_of("weights", key))] = each


def _require_finite(project: Project, arrays: Arrays) -> None:
    """Raises FileError for weights with which the file would not be opened again."""
    for (identifier, name), array in arrays.items():
        if not np.isfinite(array).all():
            layer = project.design.node(identifier).name
            raise FileError(
                f"{project.name} is not saved, since the {name} of layer {layer} holds NaN or "
                "infinite values: reset the training first"
            )
