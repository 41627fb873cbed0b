"""Real Keras opens what is saved here and predicts the same, and the other way round."""

import logging
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from engine import initializers, layers
from engine.activations import Activation
from engine.design import Design
from engine.errors import FileError
from engine.export import export
from engine.files import read, save
from engine.files.foreign import untouched
from engine.files.keras_layers import TABLE
from engine.layers.base import Layer
from engine.model import load
from engine.network import Network
from engine.project import Arrays, Progress, Project, Trained
from tests.engine.files.models import facts, preprocessing, random_design, settled

pytestmark = [pytest.mark.interop, pytest.mark.filterwarnings("ignore")]

TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def keras() -> Any:
    logging.getLogger("absl").setLevel(logging.ERROR)
    return pytest.importorskip("keras")


def saved(path: Path, design: Design, width: int, weights: Arrays) -> Project:
    """A file of a design trained to have these weights."""
    project = Project(name="interop", design=design)
    known = untouched(width, preprocessing().target)
    trained = Trained(weights, {}, {}, Progress(), (), known, facts(width))
    save(path, project, trained)
    return project


def rows(width: int, count: int = 9) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(count, width)).astype(np.float32)


def keras_predicts(keras: Any, path: Path, X: np.ndarray) -> np.ndarray:
    model = keras.saving.load_model(path, compile=False)
    return np.asarray(model.predict(X, verbose=0, batch_size=len(X)))


# ── from here to Keras ──────────────────────────────────────────────────────────────────────

FUNCTIONS = [Activation.parse(name) for name in sorted(Activation.family)]
FUNCTIONS += [Activation.parse({"kind": kind, "alpha": 0.17}) for kind in ("elu", "leaky_relu")]
LAYERS: list[Layer] = [
    *(layers.Dense(units=4, activation=function) for function in FUNCTIONS),
    *(layers.Activation(function=function) for function in FUNCTIONS),
    *(
        layers.Dense(units=3, initializer=kind())
        for kind in initializers.Initializer.family.values()
    ),
    layers.Dense(units=4, bias=False, l1=0.1, l2=0.2, max_norm=1.5),
    layers.Dropout(rate=0.5),
    layers.GaussianNoise(stddev=0.5),
    layers.BatchNormalization(momentum=0.7, epsilon=0.05),
    layers.LayerNormalization(epsilon=0.05),
]
MERGES: list[Layer] = [layers.Add(), layers.Multiply(), layers.Average(), layers.Concatenate()]


def test_every_layer_is_tried_here() -> None:
    tried = {type(layer) for layer in (*LAYERS, *MERGES)}
    assert tried == {row.layer for row in TABLE} == set(Layer.family.values()) - {layers.Input}


@pytest.mark.parametrize("layer", LAYERS, ids=repr)
def test_keras_computes_the_same_layer(keras: Any, tmp_path: Path, layer: Layer) -> None:
    design = Design.chain(layers.Input(), layer, layers.Dense(units=2))
    weights, X, path = settled(design), rows(5), tmp_path / "layer.h5"
    saved(path, design, 5, weights)
    expected = Network(design, 5, weights=weights).predict(X)
    np.testing.assert_allclose(keras_predicts(keras, path, X), expected, atol=TOLERANCE)


@pytest.mark.parametrize("layer", MERGES, ids=repr)
def test_keras_computes_the_same_merge(keras: Any, tmp_path: Path, layer: Layer) -> None:
    design = Design.chain(layers.Input(), layers.Dense(units=5, activation="tanh"))
    design = design.add(layers.Dense(units=5), after=["input"], splice=False)
    design = design.add(layer, after=["dense_2", "input", "dense_1"])
    weights, X, path = settled(design), rows(5), tmp_path / "merge.h5"
    saved(path, design, 5, weights)
    expected = Network(design, 5, weights=weights).predict(X)
    np.testing.assert_allclose(keras_predicts(keras, path, X), expected, atol=TOLERANCE)


@pytest.mark.parametrize("part", range(8))
def test_keras_predicts_the_same_on_random_graphs(keras: Any, tmp_path: Path, part: int) -> None:
    """Each weight differs from all others, so that a mix-up in their order would show."""
    path = tmp_path / "random.h5"
    for seed in range(part * 32, part * 32 + 32):
        design, width = random_design(seed)
        weights, X = settled(design, width, seed), rows(width)
        saved(path, design, width, weights)
        network = Network(design, width, weights=weights)
        expected = network.predict(X)
        scale = max(1.0, float(np.abs(expected).max()))
        apart = np.abs(keras_predicts(keras, path, X) - expected).max() / scale
        assert apart <= TOLERANCE, f"seed {seed}: {apart}"


def test_random_graphs_are_not_all_chains() -> None:
    designs = [random_design(seed)[0] for seed in range(256)]
    merging = [d for d in designs if any(len(d.parents(node.id)) > 1 for node in d.nodes)]
    assert len(merging) > 128


@pytest.mark.parametrize("name", ["a.b", "top_level_model_weights", "é ü", "..", "x\\y", "keys"])
def test_a_name_that_keras_would_trip_over_is_written_otherwise(
    keras: Any, tmp_path: Path, name: str
) -> None:
    design = Design.chain(layers.Input()).add(layers.Dense(units=2), name=name, after=["input"])
    weights, X, path = settled(design), rows(5), tmp_path / "name.h5"
    saved(path, design, 5, weights)
    expected = Network(design, 5, weights=weights).predict(X)
    np.testing.assert_allclose(keras_predicts(keras, path, X), expected, atol=TOLERANCE)
    assert read(path).project.design == design


def test_training_goes_on_in_keras_with_penalties_and_limits(keras: Any, tmp_path: Path) -> None:
    dense = layers.Dense(units=3, l1=0.25, l2=0.5, max_norm=0.75)
    design = Design.chain(layers.Input(), dense)
    weights, path = settled(design), tmp_path / "penalties.h5"
    saved(path, design, 5, weights)
    model = keras.saving.load_model(path, compile=False)
    kernel = weights["n2", "kernel"]
    penalty = 0.25 * np.abs(kernel).sum() + 0.5 * (kernel**2).sum()
    assert float(model.losses[0]) == pytest.approx(penalty, rel=1e-5)
    model.compile("sgd", "mse")
    model.fit(rows(5) * 50, rows(3), verbose=0)
    assert np.linalg.norm(model.get_weights()[0], axis=0).max() <= 0.7501


def test_an_untrained_project_opens_in_keras(keras: Any, tmp_path: Path) -> None:
    design = Design.chain(layers.Input(), layers.Dense(units=3, activation="softmax"))
    project, path = Project(design=design), tmp_path / "new.h5"
    save(path, project, facts=facts(4))
    expected = Network(design, 4, seed=project.training.seed).predict(rows(4))
    np.testing.assert_allclose(keras_predicts(keras, path, rows(4)), expected, atol=TOLERANCE)


def test_the_export_holds_the_network_and_nothing_else(keras: Any, tmp_path: Path) -> None:
    design, path = random_design(7)[0], tmp_path / "export.h5"
    width = random_design(7)[1]
    weights = settled(design, width)
    known = untouched(width, preprocessing().target)
    trained = Trained(weights, {}, {}, Progress(), (), known, facts(width))
    export(Project(design=design), trained, "keras", path)
    expected = Network(design, width, weights=weights).predict(rows(width))
    np.testing.assert_allclose(keras_predicts(keras, path, rows(width)), expected, atol=TOLERANCE)
    assert read(path).project.data is None


# ── from Keras to here ──────────────────────────────────────────────────────────────────────


def _sequential(keras: Any) -> Any:
    kl = keras.layers
    return keras.Sequential(
        [
            keras.Input((6,)),
            kl.Dense(5),
            kl.LeakyReLU(negative_slope=0.15),
            kl.BatchNormalization(),
            kl.Dropout(0.2),
            kl.Dense(4, activation="swish", kernel_regularizer="l2"),
            kl.ELU(alpha=0.6),
            kl.LayerNormalization(),
            kl.GaussianNoise(0.1),
            kl.Dense(4, activation=keras.activations.leaky_relu),
            kl.ReLU(),
            kl.Activation("gelu"),
            kl.Dense(3, use_bias=False),
            kl.Softmax(),
        ]
    )


def _images(keras: Any) -> Any:
    kl = keras.layers
    return keras.Sequential([keras.Input((4, 3)), kl.Flatten(), kl.Dense(2, activation="sigmoid")])


def _unnamed_input(keras: Any) -> Any:
    model = keras.Sequential([keras.layers.Dense(4, activation="relu"), keras.layers.Dense(1)])
    model.build((None, 6))
    return model


def _functional(keras: Any) -> Any:
    kl = keras.layers
    x = keras.Input((3, 2))
    flat = kl.Flatten()(x)
    a = kl.Dense(4, activation="relu", name="a")(flat)
    b = kl.Dense(4, activation="tanh", name="b")(kl.Flatten()(x))
    c = kl.Dense(4, name="c")(b)
    merged = kl.Concatenate()([kl.Add()([c, a]), kl.Multiply()([a, b, c]), kl.Average()([b, a])])
    return keras.Model(x, kl.Dense(2)(kl.BatchNormalization(scale=False, center=False)(merged)))


def _penalised(keras: Any) -> Any:
    dense = keras.layers.Dense(
        2,
        kernel_regularizer=keras.regularizers.L1(0.1),
        bias_regularizer="l2",
        kernel_initializer=keras.initializers.VarianceScaling(),
        kernel_constraint=keras.constraints.MaxNorm(1.5),
    )
    return keras.Sequential([keras.Input((6,)), dense])


KERAS_MODELS = [_sequential, _images, _unnamed_input, _functional, _penalised]


def randomised(model: Any) -> Any:
    draw = np.random.default_rng(1)
    model.set_weights([draw.uniform(0.1, 0.6, each.shape) for each in model.get_weights()])
    return model


@pytest.mark.parametrize("make", KERAS_MODELS)
def test_a_model_that_keras_saved_predicts_the_same_here(
    keras: Any, tmp_path: Path, make: Any
) -> None:
    model, path = randomised(make(keras)), tmp_path / "keras.h5"
    model.save(path)
    shape = model.input_shape[1:]
    X = np.random.default_rng(2).normal(size=(9, *shape)).astype(np.float32)
    opened = read(path)
    assert opened.trained is not None
    flat = X.reshape(9, -1)
    network = Network(opened.project.design, flat.shape[1], weights=opened.trained.weights)
    expected = np.asarray(model.predict(X, verbose=0))
    np.testing.assert_allclose(network.predict(flat), expected, atol=TOLERANCE)
    again = tmp_path / "again.h5"
    load(path).save(again)
    np.testing.assert_allclose(keras_predicts(keras, again, flat), expected, atol=TOLERANCE)


def test_images_keep_their_shape_and_layers_lie_from_left_to_right(
    keras: Any, tmp_path: Path
) -> None:
    path = tmp_path / "images.h5"
    _images(keras).save(path)
    opened = read(path)
    assert opened.trained is not None
    assert opened.trained.facts.image_shape == (4, 3)
    assert [type(node.layer) for node in opened.project.design.nodes] == [
        layers.Input,
        layers.Dense,
    ]
    first, second = opened.project.layout
    assert second.x - first.x > 184
    assert second.y == first.y


def test_options_that_change_no_prediction_are_kept_or_noted(keras: Any, tmp_path: Path) -> None:
    path = tmp_path / "penalised.h5"
    _penalised(keras).save(path)
    opened = read(path)
    dense = opened.project.design.nodes[1].layer
    assert isinstance(dense, layers.Dense)
    assert (dense.l1, dense.l2, dense.max_norm) == (pytest.approx(0.1), 0.0, 1.5)
    assert any("bias regularizer" in note for note in opened.notes)
    assert any("VarianceScaling" in note for note in opened.notes)


def _shared(keras: Any) -> Any:
    x, dense = keras.Input((3,)), keras.layers.Dense(3, name="twice")
    return keras.Model(x, dense(dense(x)))


def _nested(keras: Any) -> Any:
    inner = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)], name="inner")
    return keras.Sequential([keras.Input((3,)), inner])


def _lambda(keras: Any) -> Any:
    return keras.Sequential([keras.Input((3,)), keras.layers.Lambda(lambda x: x, name="code")])


def _unknown(keras: Any) -> Any:
    return keras.Sequential([keras.Input((3,)), keras.layers.PReLU(name="learned")])


def _late_flatten(keras: Any) -> Any:
    kl = keras.layers
    return keras.Sequential([keras.Input((3,)), kl.Dense(2), kl.Flatten(name="late")])


def _no_flatten(keras: Any) -> Any:
    return keras.Sequential([keras.Input((3, 2)), keras.layers.Dense(2, name="deep")])


def _two_inputs(keras: Any) -> Any:
    x, y = keras.Input((3,)), keras.Input((3,))
    return keras.Model([x, y], keras.layers.Add()([x, y]))


def _two_outputs(keras: Any) -> Any:
    x = keras.Input((3,))
    return keras.Model(x, [keras.layers.Dense(1)(x), keras.layers.Dense(2)(x)])


def _same_input_twice(keras: Any) -> Any:
    x = keras.Input((3,))
    return keras.Model(x, keras.layers.Add(name="double")([x, x]))


def _always_training(keras: Any) -> Any:
    x = keras.Input((3,))
    return keras.Model(x, keras.layers.Dropout(0.5, name="always")(x, training=True))


def _half_precision(keras: Any) -> Any:
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, dtype="mixed_float16")])


def _unknown_activation(keras: Any) -> Any:
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, activation="mish")])


def _capped(keras: Any) -> Any:
    return keras.Sequential([keras.Input((3,)), keras.layers.ReLU(max_value=6, name="capped")])


REFUSED = [
    (_shared, "'twice' is shared"),
    (_nested, "'inner' is a nested model"),
    (_lambda, "'code' is a Lambda layer: it contains code"),
    (_unknown, "'learned' is a PReLU layer, which is not supported"),
    (_late_flatten, "'late' is a Flatten layer"),
    (_no_flatten, "'deep' takes rows of several dimensions"),
    (_two_inputs, "2 inputs"),
    (_two_outputs, "2 outputs"),
    (_same_input_twice, "'double' takes the same input twice"),
    (_always_training, "'always' is called with training=True"),
    (_half_precision, "works in 'mixed_float16'"),
    (_unknown_activation, "activation 'mish'; known are elu, gelu"),
    (_capped, "'capped' has max_value=6"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED)
def test_what_would_predict_otherwise_is_refused_by_name(
    keras: Any, tmp_path: Path, make: Any, words: str
) -> None:
    path = tmp_path / "refused.h5"
    make(keras).save(path)
    with pytest.raises(FileError) as refused:
        read(path)
    assert words in str(refused.value)


def test_a_configuration_larger_than_a_plain_attribute_opens_in_keras(
    keras: Any, tmp_path: Path
) -> None:
    design, path = Design.chain(layers.Input()), tmp_path / "deep.h5"
    for number in range(150):
        layer = layers.Dense(units=3, activation="tanh")
        name = f"layer_{number}_{'n' * 60}"
        design = design.add(layer, name=name, after=[design.nodes[-1].id])
    weights = settled(design, 4)
    saved(path, design, 4, weights)
    with h5py.File(path) as file:
        assert len(str(file.attrs["model_config"])) > 65536
    expected = Network(design, 4, weights=weights).predict(rows(4))
    np.testing.assert_allclose(keras_predicts(keras, path, rows(4)), expected, atol=TOLERANCE)
