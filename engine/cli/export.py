"""`export`: the model in a form that other programs take."""

import argparse
from pathlib import Path

from engine.cli.command import Answer, Command
from engine.cli.opening import open_trained
from engine.cli.paths import add_out, writable


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, metavar="MODEL.h5", help="a trained model")
    parser.add_argument("--to", required=True, metavar="FORMAT", help="keras")
    add_out(parser, "where to write it")


def _run(options: argparse.Namespace) -> Answer:
    from engine import export

    path = writable(options)
    project, trained = open_trained(options.model)
    export.export(project, trained, options.to, path)
    value = {"out": str(path), "format": options.to}
    return Answer(value, f"Exported to {path} as {options.to}.")


COMMAND = Command("export", "write a model in another program's format", _arguments, _run)
