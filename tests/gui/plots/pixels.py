"""Which of the theme's colours a widget shows."""

from PySide6.QtWidgets import QWidget

from gui import theme

TOKENS = ("accent", "validation", "error", "ok", "muted", "text", "norm")


def colours_of(widget: QWidget) -> set[str]:
    """The tokens found among the pixels."""
    image = widget.grab().toImage()
    seen = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    return {token for token in TOKENS if theme.color(token).name() in seen}
