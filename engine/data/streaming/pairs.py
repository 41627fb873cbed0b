"""Finds the file of targets that belongs to a file of features, and the test pair, by name."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

NPY_TARGETS = (
    ("X", "y"), ("x", "y"), ("X", "Y"), ("features", "targets"), ("features", "target"),
    ("features", "labels"), ("images", "labels"), ("data", "target"), ("data", "targets"),
    ("data", "labels"), ("inputs", "targets"), ("inputs", "outputs"),
)  # fmt: skip
TEST_NAMES = ("t10k", "test", "testing")


def idx_labels_beside(images: Path) -> Path | None:
    """train-images-idx3-ubyte -> train-labels-idx1-ubyte, with dots or .gz as they come."""
    wanted = _plain(re.sub("images?", "labels", images.name, flags=re.IGNORECASE))
    wanted = re.sub(r"idx\d", "idx1", wanted)
    found = _beside(images, lambda name: _plain(name) == wanted)
    return None if found is None or found.name == images.name else found


def idx_expected(images: Path) -> str:
    """What the file of the labels would be called, for a message."""
    name = re.sub("images?", "labels", images.name, flags=re.IGNORECASE)
    return re.sub(r"idx\d", "idx1", name)


def idx_test_beside(images: Path) -> Path | None:
    """train-images-idx3-ubyte -> t10k-images-idx3-ubyte, where there is one."""
    plain = _plain(images.name)
    if "train" not in plain:
        return None
    wanted = {plain.replace("train", each) for each in TEST_NAMES}
    return _beside(images, lambda name: _plain(name) in wanted)


def npy_targets_beside(features: Path) -> Iterator[Path]:
    """Files whose name is that of the features with another word: X_train.npy -> y_train.npy."""
    for before, after in NPY_TARGETS:
        name = _replaced(features.stem, before, after)
        found = features.with_name(f"{name}{features.suffix}") if name else None
        if found is not None and found.is_file():
            yield found


def _replaced(stem: str, before: str, after: str) -> str | None:
    """`stem` with a whole word replaced, where it is one: letters do not go on beside it."""
    found, count = re.subn(rf"(?<![A-Za-z]){before}(?![A-Za-z])", after, stem)
    return found if count else None


def _plain(name: str) -> str:
    """A name without what differs from download to download: case, .gz, dots for dashes."""
    return name.lower().removesuffix(".gz").replace(".", "-").replace("_", "-")


def _beside(path: Path, fits: Callable[[str], bool]) -> Path | None:
    """The file in the same folder whose name fits; one that is not packed comes first."""
    try:
        names: Iterable[Path] = sorted(path.parent.iterdir())
    except OSError:
        return None
    found = [each for each in names if fits(each.name) and each.is_file()]
    return min(found, key=lambda each: each.suffix == ".gz", default=None)
