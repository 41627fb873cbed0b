"""PyTorch in eager mode with its fused Adam; rows shuffled once an epoch, batches sliced."""

from functools import partial
from importlib import import_module
from itertools import pairwise
from typing import Any

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, Times, timed

torch: Any = import_module("torch")


def enter(case: Case) -> Run:
    """Trains a fresh module each time."""
    torch.set_num_threads(case.threads)
    X, y = map(torch.from_numpy, case.arrays())

    def run(epochs: int) -> Times:
        torch.manual_seed(0)
        model = _model(case)
        kind = torch.optim.Adam if case.optimizer == "adam" else torch.optim.SGD
        optimizer = kind(model.parameters(), lr=1e-3, fused=True)
        return timed(partial(_train, model, optimizer, X, y, case.batch, epochs))

    return run


def _model(case: Case) -> Any:
    parts: list[Any] = []
    for inputs, units in pairwise(case.widths):
        parts += [torch.nn.Linear(inputs, units), torch.nn.ReLU()]
    return torch.nn.Sequential(*parts[:-1]).train()


def _train(model: Any, optimizer: Any, X: Any, y: Any, batch: int, epochs: int) -> None:
    loss_of = torch.nn.functional.cross_entropy
    for _ in range(epochs):
        order = torch.randperm(len(X))
        shuffled, labels = X.index_select(0, order), y.index_select(0, order)
        for start in range(0, len(X), batch):
            rows = slice(start, start + batch)
            optimizer.zero_grad(set_to_none=True)
            loss_of(model(shuffled[rows]), labels[rows]).backward()
            optimizer.step()
