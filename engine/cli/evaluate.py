"""`evaluate`: how good a model is on rows that it was not trained on."""

import argparse
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from engine.cli.command import Answer, Command
from engine.cli.opening import UNSPLIT, alone, open_trained, prepared_rows, recipe_for, warn_of
from engine.cli.output import figures
from engine.data import Prepared
from engine.errors import DataError
from engine.judgement.kept import looks_words
from engine.project import Project, Trained


def scores(
    project: Project, trained: Trained, prepared: Prepared, parts: Iterable[str]
) -> dict[str, dict[str, float]]:
    """Metrics by part ("test", "validation", "data" for all rows); empty parts are left out.

    Two classes are told apart by the threshold that the project keeps.
    """
    from engine.evaluation import evaluate_rows
    from engine.network import Network

    network = Network(
        project.design,
        prepared.facts.width,
        dtype=project.training.precision,
        weights=trained.weights,
    )
    found: dict[str, dict[str, float]] = {}
    for part in parts:
        rows = _rows(prepared, part)
        if len(rows):
            found[part] = evaluate_rows(network, prepared, rows, project.judgement)
    return found


def _rows(prepared: Prepared, part: str) -> np.ndarray:
    return np.arange(len(prepared.X)) if part == "data" else getattr(prepared.rows, part)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="MODEL.h5", help="a trained model")
    parser.add_argument("--data", type=Path, metavar="FILE", help="rows with known targets")


def _run(options: argparse.Namespace) -> Answer:
    project, trained = open_trained(options.model)
    recipe = recipe_for(project, options.model, options.data)
    part = "test" if options.data is None else "data"
    if options.data is not None:
        recipe = recipe.edited(split=UNSPLIT, source=alone(recipe.source))
    prepared = prepared_rows(recipe, Path() if options.data else options.model, trained)
    found = scores(project, trained, prepared, [part])
    if not found:
        raise DataError(f"{options.model} holds no test rows back; name a file with --data")
    warn_of(prepared)
    text = figures(found)
    if part == "test":
        text += (
            f"\n{looks_words(project)} This look is not counted: {options.model} stays as it is."
        )
    return Answer(found, text)


COMMAND = Command("evaluate", "measure a model on its test rows or on a file", _arguments, _run)
