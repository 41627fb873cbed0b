"""Classes and categories are text; here is how values of any type become that text, and sort."""

from collections.abc import Iterable

import numpy as np


def label(value: object) -> str | None:
    """The text of one value: 3.0 is "3", True is "True"; None where it is missing."""
    if value is None or value != value:
        return None
    if isinstance(value, (float, np.floating)) and float(value).is_integer():
        return str(int(value))
    return str(value)


def labels(values: np.ndarray) -> np.ndarray:
    """The text of every value, as an object array with None where one is missing."""
    if values.dtype == object:
        return np.array([label(value) for value in values] or [None], dtype=object)[: len(values)]
    distinct, inverse = np.unique(values, return_inverse=True)
    texts = np.array([label(value) for value in distinct] or [None], dtype=object)
    return texts[inverse]


def in_order(texts: Iterable[str]) -> tuple[str, ...]:
    """Distinct texts, numbers first by their size ("9" before "10"), then the rest by letters."""
    return tuple(sorted(set(texts), key=_order))


def codes(texts: np.ndarray, known: Iterable[str]) -> np.ndarray:
    """For every text its index in `known`, -1 where it is not among them, -2 where missing."""
    lookup: dict[object, int] = {text: index for index, text in enumerate(known)}
    lookup[None] = -2
    return np.fromiter((lookup.get(text, -1) for text in texts), np.int64, len(texts))


def _order(text: str) -> tuple[bool, float, str]:
    try:
        number = float(text)
    except ValueError:
        return True, 0.0, text
    return (False, number, text) if number == number else (True, 0.0, text)
