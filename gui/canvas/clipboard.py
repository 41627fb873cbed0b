"""The system's clipboard as a place for layers: text that other programs can read and edit, too."""

from collections.abc import Collection

from PySide6.QtGui import QGuiApplication

from engine.fragment_text import from_text, to_text
from engine.fragments import Fragment
from engine.project import Project
from gui.canvas.arrange import places


def cut_out(project: Project, identifiers: Collection[str]) -> Fragment:
    """The layers with these ids, with their links, groups and places."""
    return Fragment.cut_from(project, identifiers, places(project))


def put(fragment: Fragment) -> None:
    """Let everybody who pastes find these layers."""
    QGuiApplication.clipboard().setText(to_text(fragment))


def take() -> Fragment:
    """The layers that are there. Raises DesignError where there are none, or they make no sense."""
    return from_text(QGuiApplication.clipboard().text())
