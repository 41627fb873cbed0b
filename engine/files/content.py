"""What a model file holds, as one value between the document and HDF5: texts, names and arrays."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.files.listing import listing_to_json

Place = tuple[str, str]

FORMAT_VERSION = 1
MODEL_CONFIG: Place = ("", "model_config")
VERSION: Place = ("glasswork", "format_version")
PROJECT: Place = ("glasswork", "project")
TRAINED: Place = ("glasswork", "trained")
LISTING: Place = ("glasswork", "arrays")
CHECKSUM: Place = ("glasswork", "checksum")
SIGNED: tuple[Place, ...] = (MODEL_CONFIG, PROJECT, TRAINED)


@dataclass
class Content:
    """Attributes by (group, name), and arrays by path; groups follow from both.

    `unlisted` arrays are not under the file's checksum: they may be damaged without harm to it.
    """

    attributes: dict[Place, str | int | tuple[str, ...]] = field(default_factory=dict)
    arrays: dict[str, np.ndarray] = field(default_factory=dict)
    unlisted: dict[str, np.ndarray] = field(default_factory=dict)

    def seal(self) -> None:
        """Adds the format's version, the list of arrays, and the checksum over all signed."""
        self.attributes[VERSION] = FORMAT_VERSION
        self.attributes[LISTING] = listing_to_json(self.arrays)
        texts = {place: str(self.attributes.get(place, "")) for place in SIGNED}
        self.attributes[CHECKSUM] = checksum(texts, self.arrays)


def checksum(texts: Mapping[Place, str], arrays: Mapping[str, np.ndarray]) -> str:
    """SHA-256, in hexadecimal, over the signed texts and then every array in order of its path."""
    digest = hashlib.sha256()
    for place in SIGNED:
        text = texts.get(place, "").encode("utf-8", "surrogatepass")
        digest.update(f"{'/'.join(place)} {len(text)}\n".encode())
        digest.update(text)
    for path in sorted(arrays):
        array = arrays[path]
        plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
        digest.update(f"{path} {plain.dtype.str} {array.shape}\n".encode())
        digest.update(plain.reshape(-1).view("u1").data)
    return digest.hexdigest()
