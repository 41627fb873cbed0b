"""The program without a window: a subcommand for each step, for scripts and for other machines."""

from engine.cli.program import run, wants

__all__ = ["run", "wants"]
