"""Which files hold rows of data, by their names, for file dialogs and for what is dropped."""

import re
from pathlib import Path

from gui.words import tr

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".npz", ".npy")
STREAMED = ("*.h5", "*.hdf5", "*ubyte", "*ubyte.gz", "*idx*.gz")
PATTERNS = " ".join((*(f"*{each}" for each in SUFFIXES), *STREAMED))
IDX = re.compile(r"idx\d|ubyte", re.IGNORECASE)


def data_files() -> str:
    """The choice of a file dialog: data, or all files."""
    return tr("Data ({patterns});;All files (*)", patterns=PATTERNS)


def is_table(path: Path) -> bool:
    """Whether a file of that name holds rows; an HDF5 file may be a model, and is looked into."""
    return path.suffix.lower() in SUFFIXES or IDX.search(path.name) is not None
