"""Where answers go: a file is overwritten only by someone who says so."""

import argparse
from pathlib import Path

from engine.errors import FileError


def add_out(parser: argparse.ArgumentParser, what: str) -> None:
    """Declares --out and --force."""
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=what)
    parser.add_argument("--force", action="store_true", help="overwrite the file if it exists")


def writable(options: argparse.Namespace) -> Path:
    """The path of --out, checked before any work. Raises FileError where it may not be written."""
    path: Path = options.out
    if path.is_dir():
        raise FileError(f"cannot write {path}: it is a folder; name a file in it")
    if path.exists() and not options.force:
        raise FileError(f"{path} exists already; add --force to overwrite it")
    if not path.parent.is_dir():
        raise FileError(f"cannot write {path}: there is no folder {path.parent}")
    return path
