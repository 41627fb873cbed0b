"""How much memory training and prediction take beyond what they began with."""

import tracemalloc
from dataclasses import replace

from benchmarks.harness.cases import NETWORKS, Case
from benchmarks.harness.contenders.glasswork import design, project
from engine import Trainer
from engine.network import Network
from engine.session import Session

STEPS = 1_000
# What steps may hold beyond what was made for them before they began.
MOST = 64 << 10


def peak_of_training(case: Case) -> int:
    """The most bytes held at once by a chunk of steps beyond those held before it."""
    session = Trainer(project(case, epochs=1_000_000), *case.arrays()).session
    _advance(session)
    tracemalloc.start()
    try:
        peak = 0
        while session.step < STEPS:
            peak = max(peak, _advance(session))
        return peak
    finally:
        tracemalloc.stop()


def _advance(session: Session) -> int:
    """Trains on one chunk. The order of an epoch is dealt before memory is looked at."""
    if session.row == 0:
        session.begin_epoch()
    tracemalloc.reset_peak()
    before, _ = tracemalloc.get_traced_memory()
    session.advance()
    _, peak = tracemalloc.get_traced_memory()
    if session.epoch_ended:
        session.end_epoch(None, 0.0)
    return peak - before


def peak_of_prediction(rows: int) -> int:
    """The most bytes held at once while predicting at d, the outputs themselves left out."""
    case = replace(NETWORKS["d"], rows=rows)
    network, X = Network(design(case), case.widths[0]), case.arrays()[0]
    tracemalloc.start()
    try:
        result = network.predict(X)
        return tracemalloc.get_traced_memory()[1] - result.nbytes
    finally:
        tracemalloc.stop()
