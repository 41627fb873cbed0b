"""Reads the command line, runs the subcommand, and turns every failure into one line."""

import argparse
import json
import os
from collections.abc import Sequence
from typing import Any, NoReturn

from engine.cli import catalogue, cross_validate, evaluate, export, look, new, predict, train
from engine.cli.command import Command, plain
from engine.cli.output import complain, quietly_end_output
from engine.errors import GlassworkError

INTERRUPTED = 130
COMMANDS: tuple[Command, ...] = (
    catalogue.TEMPLATES,
    catalogue.DATASETS,
    new.COMMAND,
    train.COMMAND,
    evaluate.COMMAND,
    cross_validate.COMMAND,
    predict.COMMAND,
    export.COMMAND,
    look.CHECK,
    look.INFO,
)


def run(arguments: Sequence[str]) -> int:
    """Runs a subcommand and gives its exit code; 0 only when it did what was asked."""
    try:
        options = _parser().parse_args(arguments)
        command: Command = options.command
        answer = command.run(options)
        print(json.dumps(plain(answer.value)) if options.json else answer.text, flush=True)
        return answer.code
    except SystemExit as end:
        return int(end.code or 0)
    except GlassworkError as error:
        complain(str(error))
    except BrokenPipeError:
        quietly_end_output()
    except OSError as error:
        place = f" {os.fsdecode(error.filename)}" if error.filename is not None else ""
        complain(f"cannot use{place}: {error.strerror or error}")
    except MemoryError:
        complain("there is not enough memory for this; use fewer rows, units or a smaller batch")
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    return 1


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage in front of it."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message}; see {self.prog} --help")
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="glasswork",
        description="Neural networks that can be seen through. Without a subcommand, a window.",
        epilog="glasswork FILE.h5 opens the window with that project.",
    )
    parser.add_argument("--version", action="version", version=f"glasswork {_version()}")
    commands: Any = parser.add_subparsers(metavar="SUBCOMMAND", required=True)
    for command in COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        command.arguments(sub)
        sub.add_argument("--json", action="store_true", help="print one JSON object, nothing else")
        sub.set_defaults(command=command)
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("glasswork")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "(not installed)"
