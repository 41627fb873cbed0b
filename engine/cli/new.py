"""`new`: an untrained project, from a template or fitting a table of one's own."""

import argparse
from pathlib import Path

from engine.cli.command import Answer, Command
from engine.cli.output import warn
from engine.cli.paths import add_out, writable
from engine.cli.progress import Steps
from engine.errors import GlassworkError
from engine.project import Project


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("template", nargs="?", metavar="TEMPLATE", help="see glasswork templates")
    parser.add_argument("--data", type=Path, metavar="FILE", help="a file of one's own")
    parser.add_argument(
        "--target",
        metavar="NAME",
        help="what to predict: a column, a data set of HDF5, a file of labels or targets",
    )
    parser.add_argument("--features", metavar="NAME", help="the data set of the features, in HDF5")
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
    from engine.data import recipe_for_file
    from engine.data.sources import TableFile

    if (options.template is None) == (options.data is None):
        raise GlassworkError("name a template, or a table with --data and --target, not both")
    if options.template is not None:
        return templates.new(options.template)
    recipe = recipe_for_file(options.data, options.target or "", options.features or "")
    if options.target is None and isinstance(recipe.source, TableFile):
        raise GlassworkError("name the column to predict with --target")
    with Steps() as steps:
        project, notes = templates.for_data(recipe, steps.tell)
    warn(notes)
    return project


COMMAND = Command("new", "start a project from a template or a table", _arguments, _run)
