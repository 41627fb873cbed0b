"""What a person decides about a picture, as one value."""

from dataclasses import dataclass
from typing import Literal

from gui.words import mark

Style = Literal["drawn", "columns"]
Format = Literal["svg", "png", "pdf"]
Colours = Literal["light", "dark"]
Background = Literal["plain", "transparent"]

STYLES: dict[Style, str] = {
    "drawn": mark("As drawn on the canvas"),
    "columns": mark("Columns of neurons"),
}
FORMATS: dict[Format, str] = {
    "svg": mark("SVG, at any size"),
    "png": mark("PNG, in pixels"),
    "pdf": mark("PDF, for printing"),
}
COLOURS: dict[Colours, str] = {"light": mark("Light"), "dark": mark("Dark")}
BACKGROUNDS: dict[Background, str] = {
    "plain": mark("Of the theme"),
    "transparent": mark("Transparent"),
}
SCALES = range(25, 801, 25)
NEURONS = range(2, 33)


@dataclass(frozen=True)
class Choices:
    """`scale` is in per cent; `title` concerns both styles.

    `problems` and `selected` concern a picture as drawn. The others concern columns: `names` and
    `figures` (widths and activations) stand beneath, `every` gives layers without weights a
    column of their own, and of a larger layer `neurons` are drawn.
    """

    style: Style = "drawn"
    format: Format = "svg"
    colours: Colours = "light"
    background: Background = "plain"
    scale: int = 100
    title: bool = False
    problems: bool = False
    selected: bool = False
    outlines: bool = True
    names: bool = True
    figures: bool = True
    every: bool = False
    neurons: int = 8
