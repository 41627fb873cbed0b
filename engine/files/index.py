"""The part of a `Trained` that is not arrays, as JSON, with the list of the arrays beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

import numpy as np
from pydantic import TypeAdapter, ValidationError

from engine.data.dataset import DataFacts
from engine.errors import sentence
from engine.files.json_text import parsed
from engine.files.wanted import Refused
from engine.project import ArrayKey, Progress

Keys = tuple[ArrayKey, ...]


@dataclass(frozen=True)
class Stored:
    """An array of /glasswork as the file declares it."""

    kind: Literal["float", "integer"]
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Index:
    """Figures of a `Trained`, and the keys of its arrays by layer."""

    seed: int
    facts: DataFacts
    progress: Progress
    preprocessing: Mapping[str, Any]
    weights: Keys
    slots: Mapping[str, Keys]
    best: Keys

    def to_json(self) -> str:
        """The index as JSON text."""
        return json.dumps(self, default=_plain)

    @classmethod
    def from_json(cls, text: str) -> "Index":
        """The index in `text`. Raises Refused in one sentence where it is not one."""
        value = parsed(text, "its description of the training")
        try:
            return TypeAdapter(cls).validate_python(value)
        except ValidationError as error:
            raise Refused(sentence(error, "its description of the training")) from None


def listing_to_json(arrays: Mapping[str, np.ndarray]) -> str:
    """Shapes and kinds of `arrays` as JSON text, for the reader to ask for."""
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


def _plain(value: Any) -> Any:
    """What JSON can write for values that it does not know."""
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
