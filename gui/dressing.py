"""Dresses the program as the person has chosen: the theme, the size of text, the width of lines."""

from PySide6.QtWidgets import QApplication

from gui import theme
from gui.settings import TEXT_SIZES, Settings

PROJECTOR = 1.5
"""How much larger than usual text is while it is seen from afar."""


def dress(settings: Settings) -> None:
    """Puts on what `settings` say, in all windows."""
    size = settings.text_size * (PROJECTOR if settings.projector else 1)
    theme.enlarge(round(min(size, TEXT_SIZES[-1])), thick=settings.projector)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        theme.apply(app, settings.theme)
