"""Fuzzy search: how well a few typed letters fit a name."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

PREFIX, INSIDE, INITIALS, SCATTERED = 100.0, 60.0, 50.0, 20.0


def ranked(query: str, choices: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """Those that fit, the best first; equals, and all if nothing is typed, stay in their order."""
    found = [(score(query, name(choice)), choice) for choice in choices]
    fits = [(value, choice) for value, choice in found if value is not None]
    return [choice for _, choice in sorted(fits, key=lambda each: -each[0])]


def score(query: str, name: str) -> float | None:
    """The higher the better; None where a word of the query does not fit at all.

    Each word of the query may begin a word of the name ("dr" in "Add Dropout"), lie within it,
    be made of first letters ("bn" for "Batch norm"), or of letters in their order.
    """
    words = name.casefold().split()
    values = [_score_word(word, words) for word in query.casefold().split()]
    fitting = [value for value in values if value is not None]
    if len(fitting) < len(values):
        return None
    return sum(fitting) - len(name) / 1000 if fitting else 0.0


def _score_word(typed: str, words: list[str]) -> float | None:
    for place, word in enumerate(words):
        if word.startswith(typed):
            return PREFIX - place
    whole = " ".join(words)
    if typed in whole:
        return INSIDE
    if _in_order(typed, "".join(word[0] for word in words)) is not None:
        return INITIALS
    gaps = _in_order(typed, whole)
    return None if gaps is None else SCATTERED - gaps


def _in_order(typed: str, text: str) -> int | None:
    """How many letters lie between those typed; None where they are not there in their order."""
    first = at = text.find(typed[0])
    for letter in typed[1:]:
        if at < 0:
            return None
        at = text.find(letter, at + 1)
    return None if at < 0 else at - first + 1 - len(typed)
