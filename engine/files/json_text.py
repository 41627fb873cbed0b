"""JSON from a file that may be damaged or hostile: bounded depth, and errors that say where."""

import json
import re
from itertools import accumulate
from typing import Any

from engine.files.wanted import Refused

MAX_DEPTH = 100
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def parsed(text: str, what: str) -> dict[str, Any]:
    """The JSON object in `text`. Raises Refused naming `what`, with the position of an error."""
    brackets = re.findall(r"[\[\]{}]", STRING.sub("", text))
    if max(accumulate(STEPS[each] for each in brackets), default=0) > MAX_DEPTH:
        raise Refused(f"{what} is nested too deeply, beyond {MAX_DEPTH} levels")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise Refused(
            f"{what} is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from None
    except (RecursionError, ValueError) as error:
        raise Refused(f"{what} is not usable JSON: {error}") from None
    if not isinstance(value, dict):
        raise Refused(f"{what} should be a JSON object")
    return value
