"""What a subcommand is: a name, its arguments, and a function that gives an answer."""

import argparse
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What a subcommand found: `value` is printed with --json, `text` without it."""

    value: Mapping[str, Any]
    text: str
    code: int = 0


@dataclass(frozen=True)
class Command:
    """A subcommand. `arguments` declares what it takes, `run` carries it out.

    `run` raises GlassworkError, in one sentence, where it cannot do what was asked.
    """

    name: str
    help: str
    arguments: Callable[[argparse.ArgumentParser], object]
    run: Callable[[argparse.Namespace], Answer]


def plain(value: Any) -> Any:
    """`value` as JSON can hold it: NumPy's numbers as Python's, and no NaN or infinity."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
