"""The program: a window by default, and a command line for whoever names a subcommand."""

import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Runs `argv` (without the program's name) and gives the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # while modules are imported; later, each half sees to it itself
        return 130


def _run(arguments: list[str]) -> int:
    from engine import cli

    if cli.wants(arguments):
        return cli.run(arguments)
    # Qt takes half a second to import, and a machine without a screen may lack it altogether.
    from gui import app

    return app.run(arguments[0] if arguments else None)


if __name__ == "__main__":
    sys.exit(main())
