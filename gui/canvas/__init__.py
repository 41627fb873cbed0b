"""The canvas: it mirrors the document, and turns gestures into edits of it."""

from gui.canvas.canvas import Canvas

__all__ = ["Canvas"]
