"""`cross-validate`: how good a recipe is on rows it was not trained on, fold by fold."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from engine.cli.command import Answer, Command
from engine.cli.opening import open_file, prepared_rows, recipe_for, warn_of
from engine.cli.progress import Steps
from engine.errors import TrainingError, sentence

if TYPE_CHECKING:
    from engine.crossvalidation import CrossValidated


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", type=Path, metavar="PROJECT.h5", help="a project or a model")
    parser.add_argument("--folds", type=int, default=5, metavar="N", help="parts of the rows (5)")
    parser.add_argument("--repeats", type=int, default=1, metavar="N", help="deals of the rows (1)")
    parser.add_argument("--group", default="", metavar="COL", help="keep equal values together")
    parser.add_argument("--data", type=Path, metavar="FILE", help="the rows of this file instead")


def _run(options: argparse.Namespace) -> Answer:
    from engine.crossvalidation import cross_validate
    from engine.folds import Folds
    from engine.problems import problems

    try:
        how = Folds(folds=options.folds, repeats=options.repeats, group=options.group)
    except ValidationError as error:
        raise TrainingError(sentence(error)) from None
    project, _ = open_file(options.project)
    recipe = recipe_for(project, options.project, options.data)
    project = project.edited(data=recipe)
    prepared = prepared_rows(recipe, Path() if options.data else options.project, None)
    for problem in problems(project, prepared.facts):
        if problem.severity == "error":
            raise TrainingError(f"{problem.message}. {problem.fix}")
    with Steps() as steps:
        found = cross_validate(project, prepared, how, steps.tell)
    warn_of(prepared)
    return Answer(_value(found, len(prepared.rows.test)), _text(found))


def _value(found: "CrossValidated", left_out: int) -> dict[str, object]:
    return {
        "mean": found.means,
        "spread": found.spreads,
        "folds": [
            {
                "repeat": fold.repeat,
                "fold": fold.number,
                "rows": fold.judged,
                "epochs": len(fold.history),
                "reason": fold.reason,
                **fold.figures,
            }
            for fold in found.folds
        ],
        "test_rows_left_out": left_out,
        "seconds": round(found.seconds, 3),
    }


def _text(found: "CrossValidated") -> str:
    means, spreads = found.means, found.spreads
    width = max(len(name) for name in means)
    lines = [f"{name:{width}}  {means[name]:.4f} ± {spreads[name]:.4f}" for name in means]
    repeats = f", dealt {found.how.repeats} times" if found.how.repeats > 1 else ""
    head = f"{found.how.folds} folds{repeats}; mean ± standard deviation on the rows held out"
    return "\n".join((head, *lines))


COMMAND = Command(
    "cross-validate", "train and judge a recipe fold by fold, on all processors", _arguments, _run
)
