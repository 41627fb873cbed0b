"""One pass forward and backward beside the training, in which every gradient is kept."""

import numpy as np

from engine.gathering import StreamedGathering
from engine.plan import Plan
from engine.session import Session

ROWS = 64


def backward_pass(session: Session) -> Plan | None:
    """The plan after a pass over some training rows; it changes nothing of the training.

    None for rows that stay in their file: those that are at hand belong to the training.
    """
    if isinstance(session.gathering, StreamedGathering):
        return None
    rows = min(ROWS, session.gathering.rows)
    if "backward" not in session.kept:
        session.kept["backward"] = _plan(session, rows)
    plan = session.kept["backward"]
    session.gathering.fill(plan, 0, rows)
    with np.errstate(all="ignore"):
        plan.run()
    return plan


def _plan(session: Session, rows: int) -> Plan:
    """With moving figures and random numbers of its own."""
    network = session.network
    return Plan(
        network.steps,
        network.widths,
        network.output,
        network.parameters,
        network.state.copy(),
        rows=rows,
        training=True,
        share=False,
        loss=session.loss,
        weighted=session.gathering.weighted,
        generators={layer: np.random.default_rng(0) for layer in session.generators},
    )
