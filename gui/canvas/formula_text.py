"""A formula in LaTeX as plain text, for tooltips, where a typeset one would be slow."""

import re

_SYMBOLS = {
    r"\alpha": "α",
    r"\beta": "β",
    r"\gamma": "γ",
    r"\epsilon": "ε",
    r"\varepsilon": "ε",
    r"\lambda": "λ",
    r"\mu": "μ",
    r"\sigma": "σ",
    r"\Phi": "Φ",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\odot": "⊙",
    r"\sim": "~",
    r"\cdot": "·",
    r"\sum": "Σ",
    r"\prod": "Π",
    r"\ldots": "…",
    r"\max": "max",
    r"\min": "min",
    r"\tanh": "tanh",
    r"\ln": "ln",
    r"\quad": "  ",
    r"\,": " ",
    r"\;": " ",
}
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_INNERMOST = (
    (re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}"), r"(\1) / (\2)"),
    (re.compile(r"\\sqrt\{([^{}]*)\}"), r"√(\1)"),
    (re.compile(r"\\mathrm\{([^{}]*)\}"), r"\1"),
    (re.compile(r"([_^])\{([^{}]*)\}"), r"\1\2"),
)


def as_text(latex: str) -> str:
    """As in: A = max(0, Z); a fraction is written (a) / (b), a root √(a)."""
    text, before = latex, ""
    while text != before:
        before = text
        for pattern, plain in _INNERMOST:
            text = pattern.sub(plain, text)
    for name, symbol in sorted(_SYMBOLS.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(name, symbol)
    text = re.sub(r"\^([0-9])", lambda found: found.group(1).translate(_SUPERSCRIPTS), text)
    text = re.sub(r"\((\w|√\([^()]*\))\)", r"\1", text) if " / " in text else text
    return re.sub(r"\s+", " ", text).strip()
