"""The program without a window: a subcommand for each step, for scripts and for other machines."""

from collections.abc import Sequence
from pathlib import Path


def wants(arguments: Sequence[str]) -> bool:
    """Whether these arguments are for the command line, not for the window.

    A word that is neither a subcommand nor a file is taken for a mistyped subcommand.
    """
    if not arguments:
        return False
    first = arguments[0]
    if first.startswith("-") or len(arguments) > 1:
        return True
    if Path(first).suffix:  # no subcommand has one, and a window need not wait for their modules
        return False
    from engine.cli.program import COMMANDS

    return first in {command.name for command in COMMANDS} or not Path(first).exists()


def run(arguments: Sequence[str]) -> int:
    """Runs a subcommand and gives its exit code; 0 only when it did what was asked."""
    from engine.cli import program

    return program.run(arguments)
