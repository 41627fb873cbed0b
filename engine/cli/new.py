"""`new`: an untrained project, from a template or fitting a table of one's own."""

import argparse
from pathlib import Path

from engine.cli.command import Answer, Command
from engine.cli.output import warn
from engine.cli.paths import add_out, writable
from engine.errors import GlassworkError
from engine.project import Project


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", nargs="?", metavar="TEMPLATE", help="see glasswork templates")
    parser.add_argument("--data", type=Path, metavar="FILE", help="a table of one's own")
    parser.add_argument("--target", metavar="COLUMN", help="the column to predict")
    add_out(parser, "the new project")


def _run(options: argparse.Namespace) -> Answer:
    from engine import files

    path = writable(options)
    project = _project(options)
    files.save(path, project, None)
    value = {"out": str(path), "name": project.name, "layers": len(project.design.nodes)}
    return Answer(
        value,
        f"Saved {project.name} as {path}; train it with glasswork train {path} --out MODEL.h5",
    )


def _project(options: argparse.Namespace) -> Project:
    from engine import templates

    if (options.template is None) == (options.data is None):
        raise GlassworkError("name a template, or a table with --data and --target, not both")
    if options.template is not None:
        return templates.new(options.template)
    if options.target is None:
        raise GlassworkError("name the column to predict with --target")
    project, notes = templates.for_table(options.data, options.target)
    warn(notes)
    return project


COMMAND = Command("new", "start a project from a template or a table", _arguments, _run)
