"""Keras's configurations, in every notation known, become designs or are refused by name."""

import json
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from engine import activations, initializers, layers
from engine.errors import FileError
from engine.files import read
from engine.files.keras_model import keras_model
from engine.files.keras_reading import KerasDesign, design_from
from engine.files.keras_values import activation_layer, initializer_config
from engine.files.wanted import Refused
from engine.network import Network
from tests.engine.files.models import random_design, settled

Config = dict[str, Any]


def entry(class_name: str, name: str, **config: Any) -> Config:
    return {"class_name": class_name, "config": {"name": name} | config}


def sequential(*listed: Config, **config: Any) -> KerasDesign:
    model = {"class_name": "Sequential", "config": {"layers": list(listed)} | config}
    return design_from(json.dumps(model))


def one(class_name: str, **config: Any) -> tuple[layers.Layer, tuple[str, ...]]:
    """What one Keras layer becomes, and the notes on it."""
    source = entry("InputLayer", "in", batch_shape=[None, 4])
    found = sequential(source, entry(class_name, "it", **config))
    return found.design.nodes[1].layer, found.notes


def function(**fields: Any) -> layers.Activation:
    return layers.Activation.model_validate({"function": fields})


KNOWN: list[tuple[str, Config, layers.Layer]] = [
    ("Dense", {"units": 3}, layers.Dense(units=3)),
    ("Dense", {"units": 3, "use_bias": False}, layers.Dense(units=3, bias=False)),
    ("Dense", {"units": 3, "activation": None}, layers.Dense(units=3)),
    ("ReLU", {}, function(kind="relu")),
    ("ReLU", {"negative_slope": 0.1}, function(kind="leaky_relu", alpha=0.1)),
    ("LeakyReLU", {"negative_slope": 0.2}, function(kind="leaky_relu", alpha=0.2)),
    ("LeakyReLU", {"alpha": 0.25}, function(kind="leaky_relu", alpha=0.25)),
    ("LeakyReLU", {}, function(kind="leaky_relu", alpha=0.3)),
    ("ELU", {"alpha": 0.5}, function(kind="elu", alpha=0.5)),
    ("Softmax", {"axis": -1}, function(kind="softmax")),
    ("Activation", {"activation": "swish"}, function(kind="silu")),
    ("Activation", {"activation": "leaky_relu"}, function(kind="leaky_relu", alpha=0.2)),
    ("Dropout", {"rate": 0.4, "seed": 3}, layers.Dropout(rate=0.4)),
    ("GaussianNoise", {"stddev": 0.4}, layers.GaussianNoise(stddev=0.4)),
    ("BatchNormalization", {"axis": [1]}, layers.BatchNormalization()),
    ("LayerNormalization", {"axis": [-1], "epsilon": 0.1}, layers.LayerNormalization(epsilon=0.1)),
]


@pytest.mark.parametrize(("class_name", "config", "expected"), KNOWN)
def test_a_layer_of_keras_becomes_one_of_ours(
    class_name: str, config: Config, expected: layers.Layer
) -> None:
    assert one(class_name, **config) == (expected, ())


INITIALIZERS = [
    initializers.Zeros(),
    initializers.Constant(value=0.3),
    initializers.RandomNormal(mean=0.1, stddev=0.2),
    initializers.RandomUniform(limit=0.3),
    initializers.Orthogonal(gain=2.0),
    initializers.HeNormal(),
    initializers.LecunUniform(),
]


@pytest.mark.parametrize("initializer", INITIALIZERS, ids=repr)
def test_an_initializer_comes_back(initializer: initializers.Initializer) -> None:
    layer, notes = one("Dense", units=2, kernel_initializer=initializer_config(initializer))
    assert isinstance(layer, layers.Dense)
    assert (layer.initializer, notes) == (initializer, ())


def test_an_initializer_may_be_written_by_its_name_alone() -> None:
    layer, _ = one("Dense", units=2, kernel_initializer="he_normal")
    assert isinstance(layer, layers.Dense)
    assert layer.initializer == initializers.HeNormal()


NOTED: list[tuple[Config, str]] = [
    ({"kernel_initializer": "truncated_normal"}, "initializer 'truncated_normal' is not known"),
    (
        {
            "kernel_initializer": {
                "class_name": "RandomUniform",
                "config": {"minval": 0.0, "maxval": 1.0},
            }
        },
        "'RandomUniform' is not known",
    ),
    (
        {"kernel_regularizer": {"class_name": "OrthogonalRegularizer", "config": {}}},
        "'OrthogonalRegularizer' was left out",
    ),
    ({"kernel_constraint": {"class_name": "NonNeg", "config": {}}}, "'NonNeg' was left out"),
    (
        {"kernel_constraint": {"class_name": "MaxNorm", "config": {"max_value": 2, "axis": 1}}},
        "'MaxNorm' was left out",
    ),
    ({"activity_regularizer": {"class_name": "L2", "config": {}}}, "activity regularizer was left"),
]


@pytest.mark.parametrize(("config", "words"), NOTED)
def test_what_changes_no_prediction_is_left_out_with_a_note(config: Config, words: str) -> None:
    layer, notes = one("Dense", units=2, **config)
    assert layer == layers.Dense(units=2)
    assert len(notes) == 1
    assert words in notes[0]


def test_penalties_and_limits_are_kept() -> None:
    limit = {"class_name": "MaxNorm", "config": {"max_value": 1.5, "axis": 0}}
    penalty = {"class_name": "L1L2", "config": {"l1": 0.25, "l2": 0.5}}
    layer, notes = one("Dense", units=2, kernel_regularizer=penalty, kernel_constraint=limit)
    assert (layer, notes) == (layers.Dense(units=2, l1=0.25, l2=0.5, max_norm=1.5), ())


REFUSED: list[tuple[str, Config, str]] = [
    ("ReLU", {"max_value": 6.0}, "'it' has max_value=6.0, which is not supported"),
    ("ReLU", {"threshold": 0.5}, "threshold=0.5"),
    ("LeakyReLU", {"negative_slope": -0.5}, "alpha must be a number, at least 0"),
    ("Softmax", {"axis": 2}, "axis=2"),
    ("Dropout", {"rate": 0.5, "noise_shape": [1]}, "noise_shape=[1]"),
    ("Dropout", {}, "rate must be a number"),
    ("LayerNormalization", {"rms_scaling": True}, "rms_scaling=True"),
    ("Dense", {"units": 2, "dtype": "float16"}, "works in 'float16'"),
    ("Dense", {"units": 2, "dtype": {"config": {"name": "mixed_bfloat16"}}}, "'mixed_bfloat16'"),
    ("Dense", {"units": 2, "activation": 3}, "the activation of layer 'it' is not described"),
    ("Dense", {"units": 2, "quantization_config": {"a": 1}}, "quantization_config"),
    ("Add", {}, "'it' has 1 inputs: too few or too many for Add"),
]


@pytest.mark.parametrize(("class_name", "config", "words"), REFUSED)
def test_what_would_predict_otherwise_is_refused(
    class_name: str, config: Config, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        one(class_name, **config)
    assert words in str(refused.value)


# ── notations ───────────────────────────────────────────────────────────────────────────────


def dense(name: str = "d") -> Config:
    return entry("Dense", name, units=2)


def test_a_first_layer_may_bring_the_shape() -> None:
    found = sequential(entry("Dense", "d", units=2, batch_input_shape=[None, 7]))
    assert (found.width, [node.name for node in found.design.nodes]) == (7, ["input", "d"])


def test_the_model_may_bring_the_shape() -> None:
    assert sequential(dense(), build_input_shape=[None, 7]).width == 7


def test_layers_may_be_listed_without_a_name_for_the_model() -> None:
    source = entry("InputLayer", "in", batch_input_shape=[None, 5])
    model = {"class_name": "Sequential", "config": [source, dense()]}
    assert design_from(json.dumps(model)).width == 5


@pytest.mark.parametrize(
    ("shape", "image"),
    [([4, 3], (4, 3)), ([4, 3, 1], (4, 3)), ([4, 3, 2], None), ([12], None)],
)
def test_a_flatten_after_the_input_is_folded_into_it(shape: list[int], image: Any) -> None:
    source = entry("InputLayer", "in", batch_shape=[None, *shape])
    found = sequential(source, entry("Flatten", "flat"), dense())
    assert found.width == np.prod(shape)
    assert found.image_shape == image
    assert [node.name for node in found.design.nodes] == ["in", "d"]


def functional(*listed: Config, output: Any) -> KerasDesign:
    config = {"layers": list(listed), "input_layers": [["in", 0, 0]], "output_layers": output}
    return design_from(json.dumps({"class_name": "Functional", "config": config}))


def call(listed: Config, *parents: str, **kwargs: Any) -> Config:
    """A layer with its inputs in the notation of Keras 3."""
    tensors = [
        {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}
        for name in parents
    ]
    args = [tensors] if len(tensors) > 1 else tensors
    return listed | {"inbound_nodes": [{"args": args, "kwargs": kwargs}]}


SOURCE = entry("InputLayer", "in", batch_shape=[None, 4]) | {"inbound_nodes": []}


def test_both_notations_of_links_are_read() -> None:
    old = dense("a") | {"inbound_nodes": [[["in", 0, 0, {}]]]}
    new = call(entry("Concatenate", "c", axis=-1), "a", "in", mask=None)
    found = functional(SOURCE, old, new, output=["c", 0, 0])
    assert found.design.parents("n3") == ("n2", "n1")


def test_a_single_tensor_may_be_written_flat() -> None:
    listed = dense("a") | {"inbound_nodes": [["in", 0, 0, {}]]}
    assert functional(SOURCE, listed, output=[["a", 0, 0]]).width == 4


def test_long_names_and_names_with_slashes_are_shortened_and_stay_apart() -> None:
    first = call(dense("block/" + "n" * 100 + "1"), "in")
    second = call(dense("block/" + "n" * 100 + "2"), first["config"]["name"])
    found = functional(SOURCE, first, second, output=[second["config"]["name"], 0, 0])
    names = [node.name for node in found.design.nodes]
    assert len(set(names)) == 3
    assert all("/" not in name and len(name) <= 80 for name in names)


BROKEN: list[tuple[list[Config], Any, str]] = [
    ([call(dense(), "in", training=True)], ["d", 0, 0], "called with training=True"),
    (
        [dense() | {"inbound_nodes": [[["in", 0, 0, {"training": True}]]]}],
        ["d", 0, 0],
        "called with training=True",
    ),
    ([dense() | {"inbound_nodes": [[["in", 0, 1, {}]]]}], ["d", 0, 0], "several outputs"),
    ([dense() | {"inbound_nodes": [["in"]]}], ["d", 0, 0], "not described as Keras does"),
    ([dense() | {"inbound_nodes": ["in"]}], ["d", 0, 0], "not described as Keras does"),
    ([dense() | {"inbound_nodes": "in"}], ["d", 0, 0], "not described as Keras does"),
    ([call(dense(), "in")], [["d", 0, 0], ["in", 0, 0]], "2 outputs"),
    ([call(dense(), "in")], {"d": 0}, "output_layers are not listed"),
    ([call(dense(), "in"), call(dense("e"), "d")], ["d", 0, 0], "'e' leads nowhere"),
    ([call(entry("Add", "d"), "in", "in")], ["d", 0, 0], "takes the same input twice"),
    ([{"class_name": "Dense", "config": {}}], ["d", 0, 0], "no name or class"),
    ([call(entry("Flatten", "f"), "d"), call(dense(), "in")], ["f", 0, 0], "only right after"),
]


@pytest.mark.parametrize(("listed", "output", "words"), BROKEN)
def test_links_that_no_design_has_are_refused(
    listed: list[Config], output: Any, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        functional(SOURCE, *listed, output=output)
    assert words in str(refused.value)


def test_widths_that_cannot_be_added_are_refused() -> None:
    a, b = call(dense("a"), "in"), call(entry("Add", "s"), "a", "in")
    with pytest.raises(Refused, match="s: Add needs inputs of one width, not 2 and 4"):
        functional(SOURCE, a, b, output=["s", 0, 0])


def test_images_without_a_flatten_are_refused() -> None:
    with pytest.raises(Refused, match="'d' takes rows of several dimensions"):
        sequential(entry("InputLayer", "in", batch_shape=[None, 4, 4]), dense())


@pytest.mark.parametrize("config", [{"layers": 3}, 3, None])
def test_a_model_without_layers_is_refused(config: Any) -> None:
    with pytest.raises(Refused, match="does not list layers"):
        design_from(json.dumps({"class_name": "Sequential", "config": config}))


def test_a_subclassed_model_is_refused_by_its_class() -> None:
    with pytest.raises(Refused, match="a model of the class 'MyModel'"):
        design_from(json.dumps({"class_name": "MyModel", "config": {"layers": []}}))


def test_too_many_layers_are_refused() -> None:
    with pytest.raises(Refused, match="10,001 layers; at most 10,000"):
        sequential(*[dense()] * 10_001)


def test_tensors_that_grow_without_end_are_refused() -> None:
    listed, before = [SOURCE], ["in", "in"]
    for number in range(40):
        noise = call(entry("Dropout", f"n{number}", rate=0.5), before[1])
        both = call(entry("Concatenate", f"c{number}"), before[1], f"n{number}")
        listed, before = [*listed, noise, both], [before[1], f"c{number}"]
    with pytest.raises(Refused, match=r"design is too large: .* values for each row"):
        functional(*listed, output=["c39", 0, 0])


# ── files ───────────────────────────────────────────────────────────────────────────────────


def test_a_normalisation_without_scale_or_centre_gets_ones_and_zeros(tmp_path: Path) -> None:
    path = tmp_path / "norm.h5"
    layer = entry("BatchNormalization", "bn", scale=False, center=False)
    source = entry("InputLayer", "in", batch_shape=[None, 3])
    with h5py.File(path, "w") as file:
        model = {"class_name": "Sequential", "config": {"layers": [source, layer]}}
        file.attrs["model_config"] = json.dumps(model)
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [b"bn"]
        group = weights.create_group("bn")
        group.attrs["weight_names"] = [b"bn/mean", b"bn/variance"]
        group["bn/mean"] = np.array([1, 2, 3], "f8")
        group["bn/variance"] = np.array([4, 5, 6], "f2")
    trained = read(path).trained
    assert trained is not None
    assert {key[1]: list(array) for key, array in trained.weights.items()} == {
        "moving_mean": [1, 2, 3],
        "moving_variance": [4, 5, 6],
        "gamma": [1, 1, 1],
        "beta": [0, 0, 0],
    }
    assert all(array.dtype == np.float32 for array in trained.weights.values())


@pytest.mark.parametrize(
    ("last", "units", "task", "classes"),
    [
        ("softmax", 3, "classification", ("0", "1", "2")),
        ("sigmoid", 1, "classification", ("0", "1")),
        ("sigmoid", 2, "multilabel", ("label_1", "label_2")),
        ("linear", 2, "regression", ()),
    ],
)
def test_the_task_follows_from_the_last_layer(
    tmp_path: Path, last: str, units: int, task: str, classes: tuple[str, ...]
) -> None:
    path = tmp_path / "task.h5"
    layer = entry("Dense", "d", units=units, activation=last, use_bias=False)
    source = entry("InputLayer", "in", batch_shape=[None, 3])
    with h5py.File(path, "w") as file:
        model = {"class_name": "Sequential", "config": {"layers": [source, layer]}}
        file.attrs["model_config"] = np.bytes_(json.dumps(model))
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = ["d"]
        weights.create_group("d").attrs["weight_names"] = ["kernel"]
        weights["d/kernel"] = np.ones((3, units), ">f4")
    opened = read(path)
    assert opened.trained is not None
    assert opened.trained.facts.task == task
    assert opened.trained.facts.classes == classes
    assert opened.trained.preprocessing.width == 3
    assert opened.project.name == "task"


def test_a_folder_named_like_a_weight_is_no_weight(tmp_path: Path) -> None:
    path = tmp_path / "empty.h5"
    with h5py.File(path, "w") as file:
        file.create_group("model_config")
    with pytest.raises(FileError, match="model_config is missing"):
        read(path)


def test_functions_that_keras_names_are_written_by_name() -> None:
    for kind in activations.Activation.family:
        made = activations.Activation.parse(kind)
        assert (activation_layer(made) is None) == (kind != "leaky_relu")


@pytest.mark.parametrize("part", range(4))
def test_what_is_written_is_read_back_as_the_same_network(part: int) -> None:
    for seed in range(part * 25, part * 25 + 25):
        design, width = random_design(seed)
        weights = settled(design, width, seed)
        written = keras_model(design, width)
        found = design_from(written.config())
        keys = [key for layer in written.layers for key in layer.weights]
        theirs = [key for layer in found.parts for key in layer.weights]
        assert found.notes == ()
        moved = {b: weights[a] for a, b in zip(keys, theirs, strict=True)}
        X = np.random.default_rng(seed).normal(size=(5, width)).astype(np.float32)
        expected = Network(design, width, weights=weights).predict(X)
        again = Network(found.design, found.width, weights=moved).predict(X)
        np.testing.assert_array_equal(again, expected)
