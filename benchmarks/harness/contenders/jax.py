"""JAX: a step of the optimizer compiled by `jit`, which may overwrite the state it is given."""

from functools import partial
from importlib import import_module
from typing import Any

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, Times, timed

jax: Any = import_module("jax")
jnp: Any = import_module("jax.numpy")

RATE, BETA_1, BETA_2, EPSILON = 1e-3, 0.9, 0.999, 1e-8


def enter(case: Case) -> Run:
    """Trains fresh weights each time; the step is compiled in the first, which is not counted."""
    X, y = map(jnp.asarray, case.arrays())
    update = {"adam": _adam, "sgd": _sgd}[case.optimizer]
    step = jax.jit(partial(_step, update, case.batch), donate_argnums=0)

    def run(epochs: int) -> Times:
        state = jax.block_until_ready(_initial(case))
        return timed(partial(_train, step, state, X, y, case.batch, epochs))

    return run


def _initial(case: Case) -> Any:
    keys = jax.random.split(jax.random.key(0), len(case.products))
    weights = [
        (jax.random.normal(key, shape) * (2 / shape[0]) ** 0.5, jnp.zeros(shape[1]))
        for key, shape in zip(keys, case.products, strict=True)
    ]
    m, v = (jax.tree.map(jnp.zeros_like, weights) for _ in range(2))
    return {"w": weights, "m": m, "v": v, "t": jnp.zeros(())}


def _train(step: Any, state: Any, X: Any, y: Any, batch: int, epochs: int) -> None:
    for epoch in range(epochs):
        order = jax.random.permutation(jax.random.key(epoch), len(X))
        shuffled, labels = X[order], y[order]
        for start in range(0, len(X), batch):
            state = step(state, shuffled, labels, start)
    jax.block_until_ready(state)


def _step(update: Any, batch: int, state: Any, X: Any, y: Any, start: Any) -> Any:
    rows, labels = (jax.lax.dynamic_slice_in_dim(each, start, batch) for each in (X, y))
    return update(state, jax.grad(_loss)(state["w"], rows, labels))


def _loss(weights: Any, x: Any, y: Any) -> Any:
    *hidden, last = weights
    for layer in hidden:
        x = jax.nn.relu(_dense(x, *layer))
    logarithms = jax.nn.log_softmax(_dense(x, *last))
    return -jnp.take_along_axis(logarithms, y[:, None], axis=1).mean()


def _dense(x: Any, W: Any, b: Any) -> Any:
    return x @ W + b


def _sgd(state: Any, gradient: Any) -> Any:
    return state | {"w": jax.tree.map(lambda w, g: w - RATE * g, state["w"], gradient)}


def _adam(state: Any, gradient: Any) -> Any:
    t = state["t"] + 1
    m = jax.tree.map(lambda m, g: BETA_1 * m + (1 - BETA_1) * g, state["m"], gradient)
    v = jax.tree.map(lambda v, g: BETA_2 * v + (1 - BETA_2) * g * g, state["v"], gradient)
    alpha = RATE * jnp.sqrt(1 - BETA_2**t) / (1 - BETA_1**t)
    change = jax.tree.map(lambda m, v: alpha * m / (jnp.sqrt(v) + EPSILON), m, v)
    return {"w": jax.tree.map(jnp.subtract, state["w"], change), "m": m, "v": v, "t": t}
