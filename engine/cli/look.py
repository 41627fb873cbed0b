"""`check` and `info`: opens a file as the program would, and says what is in it."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.cli.command import Answer, Command
from engine.cli.opening import known_facts, open_file, open_whole
from engine.cli.output import complain, figures, table, warn
from engine.data import DataFacts
from engine.errors import DataError
from engine.judgement.kept import looks, looks_words
from engine.project import EpochRecord, Project, Trained
from engine.runs import Run
from engine.shapes import Problem, walk

if TYPE_CHECKING:
    from engine.files import Opened


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.h5", help="a project or a model")


def _check(options: argparse.Namespace) -> Answer:
    from engine.problems import problems

    project, trained = open_file(options.file)
    found = problems(project, trained.facts if trained else None)
    errors = [problem for problem in found if problem.severity == "error"]
    value = {
        "sound": not errors,
        "trained": trained is not None,
        "problems": [_problem(project, problem) for problem in found],
    }
    for problem in errors:
        complain(f"{options.file}: {problem.message}. {problem.fix}".strip())
    notes = [f"Note: {each.message}. {each.fix}".strip() for each in found if each not in errors]
    verdict = f"{options.file} is {'not sound' if errors else 'sound'}"
    state = f"trained for {_epochs(trained.progress.epoch)}" if trained else "not trained yet"
    return Answer(value, "\n".join((f"{verdict}, {state}.", *notes)), code=1 if errors else 0)


def _problem(project: Project, problem: Problem) -> dict[str, str]:
    where = problem.where
    name = project.design.node(where).name if project.design.has(where) else where
    return {
        "severity": problem.severity,
        "where": name,
        "message": problem.message,
        "fix": problem.fix,
    }


def _info(options: argparse.Namespace) -> Answer:
    opened = open_whole(options.file)
    project, trained = opened.project, opened.trained
    facts = trained.facts if trained else _facts(project, options.file)
    layers = _layers(project, facts)
    value: dict[str, Any] = {
        "name": project.name,
        "layers": layers,
        "parameters": sum(layer["parameters"] or 0 for layer in layers) if facts else None,
        "data": project.data.model_dump(mode="json") if project.data else None,
        "training": project.training.model_dump(mode="json"),
        "judgement": project.judgement.model_dump(mode="json"),
        "test_looks": looks(project),
        "epochs": trained.progress.epoch if trained else 0,
        "history": _history(trained.history) if trained else [],
        "runs": [_run(run) for run in opened.runs],
    }
    text = "\n\n".join(filter(None, (_described(project, trained, facts, layers), _runs(opened))))
    return Answer(value, text)


def _run(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "name": run.name,
        "note": run.note,
        "started": _when(run),
        "ended": run.reason,
        "epochs": len(run.history),
        "seed": run.seed,
        "seconds": round(run.seconds, 3),
        "threads": run.threads,
        "follows": run.follows,
        "result": dict(run.figures),
        "test": dict(run.test),
        "restorable": run.trained is not None,
        "history": _history(run.history),
    }


def _runs(opened: "Opened") -> str:
    """A table of every training, the newest first."""
    if not opened.runs:
        return ""
    rows = [("Run", "Started", "Epochs", "Result", "Seconds", "Seed", "Note")]
    rows += [
        (
            run.name,
            _when(run),
            _number(len(run.history)),
            figures({"": run.figures}).strip() if run.figures else "–",
            f"{run.seconds:.1f}",
            str(run.seed),
            run.note,
        )
        for run in reversed(opened.runs)
    ]
    return table(rows)


def _when(run: Run) -> str:
    return datetime.fromtimestamp(run.started).astimezone().isoformat(" ", "seconds")


def _facts(project: Project, path: Path) -> DataFacts | None:
    """What is known of the data before training; None where it cannot be read any more."""
    if project.data is None:
        return None
    try:
        return known_facts(project.data, path)
    except DataError as error:
        warn([str(error)])
        return None


def _layers(project: Project, facts: DataFacts | None) -> list[dict[str, Any]]:
    """The layers in the order in which data passes them; shapes are known once data is."""
    design = project.design
    found = walk(design, facts.width if facts else None)
    return [
        {
            "name": design.node(each).name,
            "kind": design.node(each).layer.kind,
            "summary": design.node(each).layer.summary,
            "inputs": [design.node(parent).name for parent in design.parents(each)],
            "width": found.widths.get(each),
            "parameters": found.parameters(each) if each in found.ops else None,
        }
        for each in design.order
    ]


def _history(history: Sequence[EpochRecord]) -> list[dict[str, Any]]:
    return [
        {
            "epoch": record.epoch,
            "training": dict(record.training),
            "validation": dict(record.validation),
            "learning_rate": record.learning_rate,
        }
        for record in history
    ]


def _described(
    project: Project,
    trained: Trained | None,
    facts: DataFacts | None,
    layers: Sequence[dict[str, Any]],
) -> str:
    rows = [("Layer", "What it is", "Width", "Parameters")]
    rows += [
        (each["name"], each["summary"], _number(each["width"]), _number(each["parameters"]))
        for each in layers
    ]
    lines = [project.name, "", table(rows), ""]
    lines.append(f"Data: {_data(project, facts)}")
    if facts and project.judgement.decides(facts.classes):
        positive = facts.classes[project.judgement.positive_of(facts.classes)]
        lines.append(f"Predicts {positive} above a probability of {project.judgement.threshold:g}")
    if project.test_looks.total:
        lines.append(looks_words(project))
    if trained is None:
        lines.append("Not trained yet.")
        return "\n".join(lines)
    lines.append(f"Trained for {_epochs(trained.progress.epoch)}, seed {trained.seed}.")
    if trained.history:
        last = trained.history[-1]
        parts = {"training": last.training, "validation": last.validation}
        lines.append(figures({part: values for part, values in parts.items() if values}))
    return "\n".join(lines)


def _data(project: Project, facts: DataFacts | None) -> str:
    if facts:
        return f"{facts.name}, {facts.rows:,} rows, {facts.width:,} columns, {facts.task}"
    return project.data.source.label if project.data else "none"


def _number(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"


def _epochs(count: int) -> str:
    return "1 epoch" if count == 1 else f"{count:,} epochs"


CHECK = Command("check", "open a file and say whether it is sound", _arguments, _check)
INFO = Command("info", "show what is in a file", _arguments, _info)
