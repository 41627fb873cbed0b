"""Measurements as events: while training runs, or of what a training left.

Probes of rows look at the validation rows (the training rows where there are none), or at the part
that the setting of what is wanted names. The test rows are never looked at while training runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from engine.backward import backward_pass
from engine.control import Wanted
from engine.data.dataset import Prepared
from engine.events import Measured
from engine.judging import KEPT_ROWS, Outputs
from engine.probes import ARRAY_PROBES, ROW_PROBES, Probe, Scene, part_of
from engine.project import Project, Trained
from engine.session import Session

# While training runs, as many rows are looked at one by one.
LIVE_ROWS = 5_000


def measured(
    session: Session,
    probes: Mapping[str, Probe],
    wanted: Iterable[Wanted],
    outputs: Outputs | None,
    most: int = LIVE_ROWS,
) -> Iterator[Measured]:
    """What is wanted, of these probes; `outputs` are those on the rows that probes look at."""
    for each in wanted:
        scene = Scene(
            session.network,
            session.prepared.facts,
            session.prepared.preprocessing,
            outputs.values if outputs else None,
            outputs.truth if outputs else None,
            session.fused,
            outputs.matrix if outputs else None,
            session.prepared,
            each.setting,
            session.gradients if session.has_gradients else None,
            session.epoch_start,
            session.kept,
            outputs.rows if outputs else None,
            outputs.total if outputs else 0,
            most,
            partial(backward_pass, session),
            outputs.figures if outputs else {},
            session.update.norm_before_clipping,
        )
        arrays = dict(probes[each.probe](scene, each.layer))
        for array in arrays.values():
            array.setflags(write=False)
        part = outputs.part if outputs else ""
        found = MappingProxyType(arrays)
        yield Measured(each.probe, each.layer, part, session.time, found, each.setting)


def measured_rows(
    session: Session, wanted: Wanted, known: dict[str, Outputs | None]
) -> Iterator[Measured]:
    """What is wanted of rows at the end of an epoch; `known` are outputs that are at hand."""
    part = part_of(wanted)
    if part == "test":
        return
    if known.get(part) is None:
        part = "training"
        if part not in known:
            known[part] = session.measure(part, LIVE_ROWS)
    yield from measured(session, ROW_PROBES, [wanted], known[part])


def measure(
    project: Project, prepared: Prepared, trained: Trained, wanted: Iterable[Wanted]
) -> tuple[Measured, ...]:
    """The same of `trained` as it stands, of all rows."""
    session = Session(project, prepared, trained)
    wanted = sorted(wanted, key=lambda each: (each.probe, each.layer, repr(each.setting)))
    of_arrays = [each for each in wanted if each.probe in ARRAY_PROBES]
    found = list(measured(session, ARRAY_PROBES, of_arrays, None))
    known: dict[str, Outputs | None] = {}
    for each in wanted:
        if each.probe in ROW_PROBES:
            part = part_of(each)
            if part not in known:
                known[part] = session.measure(part) or session.measure("training")
            found += measured(session, ROW_PROBES, [each], known[part], KEPT_ROWS)
    return tuple(found)
