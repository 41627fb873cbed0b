"""Words on the screen in the language of the person: every text that is shown goes through `tr`.

Texts are written in English where they are used, and `python3 dev.py translate` gathers them
there. What the engine says is English, too; its names and tips go through `tr` as they are, its
sentences about this or that layer or file through `told`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

SENTENCES = Path(__file__).parents[1] / "resources" / "translations" / "sentences.txt"
"""What the engine may say, with {0}, {1}, … for what differs."""
FIELD = re.compile(r"\{\d+\}")


def tr(text: str, n: int = -1, /, **values: Any) -> str:
    """`text` in the chosen language, with `values` put into its {fields} afterwards.

    With a count `n`, the translation may differ by number; `%n` in the text stands for it.
    """
    if not text:
        return ""
    shown = QCoreApplication.translate("", text, None, n)
    return shown.format(**values) if values else shown


def mark(text: str) -> str:
    """`text` as it stands, to be translated where it is shown: for constants, made too early."""
    return text


def told(sentence: str) -> str:
    """What the engine says, in the chosen language, whatever names and numbers are in it."""
    shown = tr(sentence)
    if shown != sentence or not sentence:
        return shown
    for part, pattern, words in _patterns():
        if part in sentence and (found := pattern.fullmatch(sentence)):
            translated = tr(words)
            if translated != words:
                return translated.format(*map(told, found.groups()))
    return sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """(a part of it, the pattern, its words) of those with names, each behind those that say more.

    The part is found, or mostly not found, much faster than the pattern.
    """
    try:
        lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    parts = {line: FIELD.split(line) for line in lines if FIELD.search(line)}
    most_first = sorted(parts, key=lambda line: -len("".join(parts[line])))
    return tuple((max(parts[line], key=len), _pattern(parts[line]), line) for line in most_first)


def _pattern(parts: list[str]) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, parts)), re.DOTALL)
