"""Imports what the window is built of: the engine in the background, its own parts in moments."""

from collections.abc import Iterator
from importlib import import_module

from gui.runner import Job, Runner

SLICES = (
    "gui.document",
    "gui.canvas",
    "gui.forms",
    "gui.pages.column_table",
    "gui.plots.curve_plot",
    "gui.panels",
    "gui.assembly",
)
"""Modules that between them import all the rest of the window, each in a moment."""


def bring_in(runner: Runner) -> Iterator[Job | None]:
    """Yields the job that imports the engine, and then after each of `SLICES`.

    These are not for the background: PySide makes its classes in one thread only.
    """
    yield runner.job(lambda _: _load_engine(), lambda _: None, lambda _: None)
    for name in SLICES:
        import_module(name)
        yield


def _load_engine() -> None:
    """Imports the engine and what it needs; a first project has pydantic make its validators."""
    from engine import templates

    import_module("engine.trainer")
    templates.new("xor")
