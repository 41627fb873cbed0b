"""Where the prepared rows enter."""

from typing import ClassVar

from engine.layers.base import Category, Layer
from engine.ops.base import Op


class Input(Layer):
    """Its width is the number of prepared columns: it comes from the data, not from a field."""

    tip = "The rows of the data enter here; its width comes from the data."
    category: ClassVar[Category] = "input-output"
    formula: ClassVar[str] = r"A = X"
    min_inputs: ClassVar[int] = 0
    max_inputs: ClassVar[int | None] = 0

    @property
    def summary(self) -> str:
        return "rows of the data"

    def width(self, inputs: tuple[int, ...]) -> int:
        raise NotImplementedError("the width of an Input comes from the data")

    def lower(self, inputs: tuple[int, ...]) -> tuple[Op, ...]:
        return ()
