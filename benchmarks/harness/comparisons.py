"""What else is promised of speed: pairs of entries, and how much of the one's speed is kept."""

from dataclasses import dataclass, replace

from benchmarks.harness.cases import NETWORKS, Case
from benchmarks.harness.turns import Entry


@dataclass(frozen=True)
class Comparison:
    """`ours` has to reach `bar` times the speed of `other`."""

    part: str
    label: str
    ours: Entry
    other: Entry
    bar: float


def _of_products(label: str, case: Case, bar: float) -> Comparison:
    return Comparison(
        "sgd",
        f"{label}, of its products alone",
        Entry("glasswork", case),
        Entry("products", case),
        bar,
    )


def _of_plain(part: str, label: str, plain: Case, changed: Case, bar: float) -> Comparison:
    ours, other = Entry("glasswork", changed), Entry("glasswork", plain)
    return Comparison(part, label, ours, other, bar)


_B, _D, _E = NETWORKS["b"], NETWORKS["d"], NETWORKS["e"]
_PREDICTION = replace(_D, rows=100_000, batch=2_000)

COMPARISONS = (
    _of_products("d with SGD", replace(_D, optimizer="sgd"), 0.88),
    _of_products("e with SGD", replace(_E, optimizer="sgd"), 0.93),
    # Its products are the chain's, so the speeds compare as their shares of products alone do.
    _of_plain(
        "graphs", "b as a residual graph, of the chain", _B, replace(_B, shape="residual"), 0.85
    ),
    _of_plain(
        "graphs", "d as a residual graph, of the chain", _D, replace(_D, shape="residual"), 0.85
    ),
    # At most 20 per cent more time: 1 / 1.2.
    _of_plain(
        "layers", "d with Dropout(0.2), of d without", _D, replace(_D, extra="dropout"), 0.83
    ),
    _of_plain(
        "layers",
        "d with BatchNormalization, of d without",
        _D,
        replace(_D, extra="batch_normalization"),
        0.83,
    ),
    _of_plain("threads", "d with two threads, over one", _D, replace(_D, threads=2), 1.3),
    _of_plain("threads", "e with two threads, over one", _E, replace(_E, threads=2), 1.5),
    Comparison(
        "prediction",
        "100,000 rows predicted at d, of the products alone",
        Entry("prediction", _PREDICTION),
        Entry("forward_products", _PREDICTION),
        0.85,
    ),
)
