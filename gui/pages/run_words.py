"""Runs in words: the headings of their table, what one of them gave, and how two differ."""

from datetime import datetime

from engine.comparing import differences
from engine.runs import Run
from gui.figures import FALLING, duration, figure, metric_name
from gui.value_table import Column
from gui.words import mark, tr

MINUTE = 60.0
ENDINGS = {
    "completed": mark("ran to its end"),
    "stopped": mark("was stopped"),
    "early": mark("stopped early"),
    "not finite": mark("ended since a loss was not finite"),
    "rows lost": mark("ended since rows were lost"),
    "paused": mark("is paused, or was left in a pause"),
}


def columns(metric: str) -> tuple[Column, ...]:
    """Headings, with the metric that people care about; figures are those on validation."""
    result = tr("On the validation rows; on the training rows where none are held back")
    return (
        Column(tr("Name"), tip=tr("Double-click to rename"), editable=True),
        Column(tr(metric_name(metric)), lambda value: figure(metric, value), result),
        Column(tr("Loss"), lambda value: figure("loss", value), result),
        Column(tr("Epoch"), _count, tr("The epoch whose weights were kept")),
        Column(tr("Time"), _time, tr("How long it was trained")),
        Column(tr("Changed"), tip=tr("Against the run before, or the one that it goes on from")),
        Column(tr("Note"), tip=tr("Double-click to write a note"), editable=True),
        Column(tr("Started"), _when),
        Column(tr("Seed"), str),
        Column(tr("Threads"), str),
    )


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < MINUTE else duration(seconds)


def _count(number: int) -> str:
    return f"{number:,}"


def _test(run: Run) -> str:
    return ", ".join(f"{metric_name(each)} {figure(each, run.test[each])}" for each in run.test)


def described(run: Run, before: str, changed: str) -> str:
    """How it ended and what it gave; what was `changed` since the run called `before`."""
    lines = [f"{run.name} {tr(ENDINGS[run.reason])}."]
    if run.result:
        epoch = f"{run.result.epoch:,}"
        lines.append(tr("Its weights are those of epoch {epoch}.", epoch=epoch))
    lines += [f"{tr(metric_name(each))} {figure(each, run.figures[each])}" for each in run.figures]
    lines += [tr("On the test rows: ") + _test(run)] if run.test else []
    if before:
        lines += ["", tr("Changed since {name}: {what}.", name=before, what=changed)]
    if run.trained is None:
        lines += ["", tr("Its weights are no longer kept; the newest runs keep theirs.")]
    return "\n".join(lines)


def compared(before: Run, after: Run) -> str:
    """Figures side by side, then what differed."""
    lines = [f"{before.name} → {after.name}"]
    for metric in after.figures:
        if metric in before.figures:
            old, new = before.figures[metric], after.figures[metric]
            lines.append(
                f"{tr(metric_name(metric))} {figure(metric, old)} → {figure(metric, new)}"
                f" ({_verdict(metric, old, new)})"
            )
    said = differences(before.project, after.project)
    if before.seed != after.seed and not any(each.startswith("Seed") for each in said):
        said = (*said, tr("Seed {old} → {new}", old=before.seed, new=after.seed))
    return "\n".join([*lines, "", *(said or (tr("They differ in nothing but chance."),))])


def _verdict(metric: str, old: float, new: float) -> str:
    if old == new:
        return tr("the same")
    return tr("better") if (new < old) == (metric in FALLING) else tr("worse")
