"""`templates` and `datasets`: what is built in."""

import argparse

from engine.cli.command import Answer, Command
from engine.cli.output import table


def _nothing(parser: argparse.ArgumentParser) -> None:
    """Takes no arguments of its own."""


def _templates(_: argparse.Namespace) -> Answer:
    from engine.templates import TEMPLATES

    rows = [(name, template.title, template.tip) for name, template in TEMPLATES.items()]
    value = [{"name": name, "title": title, "description": tip} for name, title, tip in rows]
    return Answer({"templates": value}, table(rows))


def _datasets(_: argparse.Namespace) -> Answer:
    from engine.data import Source

    kinds = [kind for kind in Source.members() if kind.built_in]
    rows = [(kind.kind, kind.label, kind.tip) for kind in kinds]
    value = [{"name": name, "title": title, "description": tip} for name, title, tip in rows]
    return Answer({"datasets": value}, table(rows))


TEMPLATES = Command("templates", "list the projects to start from", _nothing, _templates)
DATASETS = Command("datasets", "list the sets of data that are built in", _nothing, _datasets)
