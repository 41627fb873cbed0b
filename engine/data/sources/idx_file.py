"""Images as MNIST keeps them: IDX files, plain or gzipped, with the labels in a file of their own.

The person chooses the file of the images; labels and a test pair are found beside it.
"""

import re
from pathlib import Path
from typing import ClassVar, Self

import numpy as np

from engine.data.reading.files import cannot_open
from engine.data.recipe import DataRecipe, Source
from engine.data.sources.personal import StreamedFile
from engine.data.streaming.dataset import StreamedDataset, sample
from engine.data.streaming.idx import idx_labels, idx_rows, image_header
from engine.data.streaming.pairs import idx_expected, idx_labels_beside, idx_test_beside
from engine.data.streaming.store import Progress, RawRows, RowStore
from engine.kinds import field

ENDING = re.compile(r"([-._]idx\d+)?([-._]ubyte)?(\.gz)?$", re.IGNORECASE)


class IdxFile(StreamedFile, Source):
    """The test pair, where there is one, is the test part; the split deals the others."""

    label = "Images"
    tip = "Images of your own in IDX files, as MNIST has them; they are read while training."
    of_file: ClassVar[tuple[str, ...]] = ("path", "fingerprint", "test")

    path: str = ""
    fingerprint: str = ""
    labels: str = field(
        "", "Labels", "The file of the labels, beside the images; empty to find it."
    )
    test: str = field(
        "", "Test images", "The file of the test images, beside these; empty for none."
    )

    def stream(
        self, recipe: DataRecipe, folder: Path | None, progress: Progress
    ) -> StreamedDataset:
        path = self.found(folder)
        images, labels = _pair(path, self.labels, progress)
        parts, known, notes = [images], [labels], ()
        if self.test:
            test_path = path.parent / self.test
            test_images, test_labels = _pair(test_path, "", progress)
            parts.append(test_images)
            known.append(test_labels)
            notes = (f"the {test_images.rows:,} images of {test_path.name} are the test part",)
        store = RowStore(*parts)
        return StreamedDataset(
            ENDING.sub("", path.name) or path.name,
            sample(store, store.width),
            np.concatenate(known),
            recipe.target or "label",
            store.image_shape,
            notes,
            labelled=True,
            store=store,
            test_rows=sum(part.rows for part in parts[1:]),
        )

    @property
    def brings_test(self) -> bool:
        return bool(self.test)

    def alone(self) -> Self:
        return self.edited(test="")


def test_beside(path: Path) -> str:
    """The name of the test images beside the training images at `path`, if they have labels."""
    found = idx_test_beside(path)
    return found.name if found and idx_labels_beside(found) else ""


def _pair(path: Path, labels: str, progress: Progress) -> tuple[RawRows, np.ndarray]:
    """The images at `path` and their labels. Raises DataError where either cannot be read."""
    image_header(path)  # what is no file of images has no labels to be looked for
    place = path.parent / labels if labels else idx_labels_beside(path)
    if place is None:
        raise cannot_open(
            path.name,
            f"its labels are not beside it; put {idx_expected(path)} into {path.parent}",
        )
    images = idx_rows(path, progress)
    return images, idx_labels(place, images.rows, path.name)
