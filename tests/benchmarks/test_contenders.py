"""Contenders train the network that the case describes, each with the same settings."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.harness.cases import BARS, NETWORKS, Case
from benchmarks.harness.comparisons import COMPARISONS
from benchmarks.harness.contenders import Times, enter, installed
from benchmarks.harness.contenders.glasswork import design, project
from benchmarks.harness.contenders.products import enter as enter_products
from benchmarks.harness.memory import peak_of_training
from benchmarks.harness.turns import environment
from benchmarks.harness.worker import epochs_for
from engine.network import Network

SMALL = Case("small", (4, 6, 6, 3), batch=8, rows=32)


def test_a_case_travels_as_text() -> None:
    case = replace(SMALL, optimizer="sgd", shape="residual", extra="dropout", threads=2)
    assert Case.from_json(case.to_json()) == case


def test_rows_come_with_every_class_and_are_the_same_each_time() -> None:
    X, y = SMALL.arrays()
    assert X.dtype == np.float32
    assert X.shape == (32, 4)
    assert set(y) == {0, 1, 2}
    np.testing.assert_array_equal(SMALL.arrays()[0], X)


@pytest.mark.parametrize("case", NETWORKS.values(), ids=NETWORKS)
def test_every_step_is_a_full_batch_and_has_its_bars(case: Case) -> None:
    assert case.rows % case.batch == 0
    assert all(case.name in bars for bars in BARS.values())


@pytest.mark.parametrize("extra", ["none", "dropout", "batch_normalization"])
@pytest.mark.parametrize("shape", ["chain", "residual"])
def test_glasswork_has_the_weights_of_the_case(shape: str, extra: str) -> None:
    case = replace(SMALL, shape=shape, extra=extra)
    network = Network(design(case), 4)
    kernels = [view.shape for (_, name), view in network.views.items() if name == "kernel"]
    assert kernels == [(4, 6), (6, 6), (6, 3)]
    adds = [node for node in design(case).nodes if node.layer.kind == "add"]
    assert len(adds) == (1 if shape == "residual" else 0)


def test_glasswork_trains_as_the_case_says() -> None:
    recipe = project(replace(SMALL, optimizer="sgd"), epochs=7).training
    assert (recipe.epochs, recipe.batch_size, recipe.threads) == (7, 8, 1)
    assert (recipe.optimizer.kind, recipe.optimizer.learning_rate) == ("sgd", 1e-3)


@pytest.mark.parametrize(
    "contender", ["glasswork", "scikit_learn", "products", "prediction", "forward_products"]
)
def test_every_contender_goes_through_its_epochs(contender: str) -> None:
    wall, processor = enter(contender, SMALL)(2)
    assert wall > 0
    assert processor > 0


@pytest.mark.interop
@pytest.mark.parametrize("contender", ["pytorch", "jax"])
def test_contenders_that_are_not_always_there(contender: str) -> None:
    if not installed(contender):
        pytest.skip(f"{contender} is not installed")
    assert enter(contender, SMALL)(1)[0] > 0


def test_the_products_of_deep_networks_stay_finite() -> None:
    deep = Case("deep", (64,) * 60 + (10,), batch=8, rows=8)
    with np.errstate(all="raise"):
        enter_products(deep)(1)


def test_calls_last_as_long_as_asked() -> None:
    asked: list[int] = []

    def run(epochs: int) -> Times:
        asked.append(epochs)
        # Whoever comes first is slow, as things are made ready.
        return Times((0.001 * epochs + (0.05 if len(asked) == 1 else 0), 0.0))

    assert 0.1 <= 0.001 * epochs_for(run, 0.1) <= 0.2


def test_nothing_tunes_the_products_of_some_and_not_of_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OPENBLAS_L2_SIZE", "1048576")
    found = environment(threads=1)
    assert found.keys().isdisjoint({"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"})
    assert found["OPENBLAS_NUM_THREADS"] == found["OMP_NUM_THREADS"] == "1"


def test_comparisons_differ_in_one_thing() -> None:
    for each in COMPARISONS:
        ours, other = vars(each.ours.case), vars(each.other.case)
        changed = [name for name, value in ours.items() if value != other[name]]
        assert len(changed) + (each.ours.contender != each.other.contender) == 1, each.label


def test_memory_is_measured_over_many_steps() -> None:
    assert peak_of_training(replace(SMALL, rows=8_000)) < 1 << 20
