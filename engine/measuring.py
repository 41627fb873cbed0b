"""Measurements as events: while training runs, or of what a training left."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from engine.control import Wanted
from engine.data.dataset import Prepared
from engine.events import Measured
from engine.judging import Outputs
from engine.probes import ARRAY_PROBES, ROW_PROBES, Probe, Scene
from engine.project import Project, Trained
from engine.session import Session


def measured(
    session: Session, probes: Mapping[str, Probe], wanted: Iterable[Wanted], outputs: Outputs | None
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
        )
        arrays = dict(probes[each.probe](scene, each.layer))
        for array in arrays.values():
            array.setflags(write=False)
        part = outputs.part if outputs else ""
        found = MappingProxyType(arrays)
        yield Measured(each.probe, each.layer, part, session.time, found, each.setting)


def measure(
    project: Project, prepared: Prepared, trained: Trained, wanted: Iterable[Wanted]
) -> tuple[Measured, ...]:
    """The same of `trained` as it stands, on the validation rows (else on the training rows)."""
    session = Session(project, prepared, trained)
    wanted = sorted(wanted, key=lambda each: (each.probe, each.layer, repr(each.setting)))
    of_arrays = [each for each in wanted if each.probe in ARRAY_PROBES]
    of_rows = [each for each in wanted if each.probe in ROW_PROBES]
    found = list(measured(session, ARRAY_PROBES, of_arrays, None))
    if of_rows:
        outputs = session.measure("validation") or session.measure("training")
        found += measured(session, ROW_PROBES, of_rows, outputs)
    return tuple(found)
