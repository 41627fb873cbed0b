"""The part of a `Trained` that is not arrays, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from engine.data.dataset import DataFacts
from engine.errors import sentence
from engine.files.json_text import parsed
from engine.files.wanted import Refused
from engine.project import ArrayKey, Progress, Trained

Keys = tuple[ArrayKey, ...]


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

    @classmethod
    def of(cls, trained: Trained, spec: Mapping[str, Any]) -> "Index":
        """The index of `trained`; `spec` is its preprocessing without arrays."""
        return cls(
            seed=trained.seed,
            facts=trained.facts,
            progress=trained.progress,
            preprocessing=spec,
            weights=tuple(trained.weights),
            slots={slot: tuple(arrays) for slot, arrays in trained.slots.items()},
            best=tuple(trained.best),
        )

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


def _plain(value: Any) -> Any:
    """What JSON can write for values that it does not know."""
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
