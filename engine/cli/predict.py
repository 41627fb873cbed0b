"""`predict`: one row in, one row out, in the same order."""

import argparse
from pathlib import Path

from engine.cli.command import Answer, Command
from engine.cli.opening import open_trained
from engine.cli.output import warn
from engine.cli.paths import add_out, writable
from engine.cli.progress import Steps


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="MODEL.h5", help="a trained model")
    parser.add_argument("file", type=Path, metavar="FILE", help="rows to predict, such as a CSV")
    add_out(parser, "the predictions, as CSV")


def _run(options: argparse.Namespace) -> Answer:
    from engine import predictions
    from engine.data import read_table

    path = writable(options)
    project, trained = open_trained(options.model)
    predictor = predictions.Predictor(project, trained)
    with Steps() as steps:
        rows = read_table(options.file, steps.tell)
        written = predictions.write_blocks(predictor.blocks(rows, steps.tell), path)
    warn((*written.notes, *written.escaped))
    value = {"rows": written.rows, "out": str(path), "columns": written.columns}
    return Answer(value, f"Wrote {written.rows:,} predictions to {path}.")


COMMAND = Command("predict", "predict the rows of a file", _arguments, _run)
