"""A canvas of a document with data, in a window of its own."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import theme
from gui.canvas import Canvas
from gui.document import Document, State
from tests.gui.canvas.hands import Hands, chain
from tests.gui.panels.runs import classification


@pytest.fixture
def document(qapp: QApplication) -> Document:
    document = Document()
    document.replace(State(chain()))
    document.set_prepared(classification())
    return document


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication, document: Document) -> Canvas:
    theme.apply(qapp, "light")
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(900, 600)
    canvas.show()
    qtbot.waitExposed(canvas)
    qapp.processEvents()
    canvas.zoom_reset()
    return canvas


@pytest.fixture
def hands(canvas: Canvas) -> Hands:
    return Hands(canvas)


@pytest.fixture
def notes(document: Document) -> list[str]:
    """What the document has said since the test began."""
    said: list[str] = []
    document.noted.connect(said.append)
    return said
