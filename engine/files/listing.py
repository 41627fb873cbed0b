"""The list of a file's arrays, which the reader asks for by name, kind and shape."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import TypeAdapter, ValidationError

from engine.errors import sentence
from engine.files.json_text import parsed
from engine.files.wanted import Refused


@dataclass(frozen=True)
class Stored:
    """An array as the file declares it."""

    kind: Literal["float", "integer"]
    shape: tuple[int, ...]


def listing_to_json(arrays: Mapping[str, np.ndarray]) -> str:
    """Kinds and shapes of `arrays` by path, as JSON text."""
    listing = {
        path: {"kind": "float" if array.dtype.kind == "f" else "integer", "shape": array.shape}
        for path, array in arrays.items()
    }
    return json.dumps(listing)


def listing_from_json(text: str) -> dict[str, Stored]:
    """What `listing_to_json` wrote. Raises Refused in one sentence where it is not that."""
    value = parsed(text, "its list of arrays")
    try:
        return TypeAdapter(dict[str, Stored]).validate_python(value)
    except ValidationError as error:
        raise Refused(sentence(error, "its list of arrays")) from None
