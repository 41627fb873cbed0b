"""Words on the screen in the language of the person: every text that is shown goes through `tr`.

Texts are written in English where they are used, and `pyside6-lupdate` finds them there.
"""

from typing import Any

from PySide6.QtCore import QCoreApplication


def tr(text: str, n: int = -1, /, **values: Any) -> str:
    """`text` in the chosen language, with `values` put into its {fields} afterwards.

    With a count `n`, the translation may differ by number; `%n` in the text stands for it.
    """
    shown = QCoreApplication.translate("", text, None, n)
    return shown.format(**values) if values else shown


def mark(text: str) -> str:
    """`text` as it stands, to be translated where it is shown: for constants, made too early."""
    return text
