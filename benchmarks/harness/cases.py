"""What is timed: a network with its batches, as a value that travels to a process of its own."""

import json
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np

Shape = Literal["chain", "residual"]
Extra = Literal["none", "dropout", "batch_normalization"]


@dataclass(frozen=True)
class Case:
    """A network of Dense layers, relu and a softmax at the end: `widths` from input to output.

    `shape` "residual" adds a link around every hidden layer that is as wide as its input; `extra`
    stands behind every hidden layer. `rows` are a multiple of `batch`: every step is a full one.
    """

    name: str
    widths: tuple[int, ...]
    batch: int
    rows: int
    optimizer: Literal["adam", "sgd"] = "adam"
    threads: int = 1
    shape: Shape = "chain"
    extra: Extra = "none"

    @property
    def steps(self) -> int:
        """Steps in an epoch."""
        return self.rows // self.batch

    @property
    def network(self) -> str:
        """The widths as one word: 64-64-10."""
        return "-".join(map(str, self.widths))

    @property
    def products(self) -> tuple[tuple[int, int], ...]:
        """(inputs, units) of each Dense layer."""
        return tuple(zip(self.widths[:-1], self.widths[1:], strict=True))

    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows made on the spot: `X` float32 `(rows, inputs)`, and labels with every class."""
        draw = np.random.default_rng(0)
        X = draw.standard_normal((self.rows, self.widths[0]), np.float32)
        return X, draw.permutation(np.arange(self.rows) % self.widths[-1])

    def to_json(self) -> str:
        """The case as a line of text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Case":
        """The case in a line of `to_json`."""
        plain = json.loads(text)
        return cls(**plain | {"widths": tuple(plain["widths"])})


NETWORKS = {
    case.name: case
    for case in (
        Case("a10", (2, 8, 8, 2), batch=10, rows=2_000),
        Case("a32", (2, 8, 8, 2), batch=32, rows=2_048),
        Case("b", (64, 64, 10), batch=32, rows=2_048),
        Case("c32", (784, 128, 10), batch=32, rows=8_192),
        Case("c128", (784, 128, 10), batch=128, rows=8_192),
        Case("d", (784, 512, 512, 10), batch=128, rows=4_096),
        Case("e", (1024, 2048, 2048, 1000), batch=256, rows=4_096),
    )
}

# How many times as long as Glasswork each contender is to take, at least.
BARS: dict[str, dict[str, float]] = {
    name: dict(zip(NETWORKS, bars, strict=True))
    for name, bars in {
        "scikit_learn": (15, 14, 8.5, 2.4, 1.9, 2.6, 1.8),
        "pytorch": (16, 16, 8.4, 1.9, 1.8, 1.8, 1.8),
        "products": (0.56, 0.58, 0.36, 0.40, 0.55, 0.65, 0.78),
    }.items()
}
