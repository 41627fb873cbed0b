"""What an edit is: a new project with the name of the step, and the helper that makes one."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.design import Design
from engine.groups import of_layers
from engine.project import Project
from gui.canvas.arrange import layout, places

Point = tuple[float, float]


@dataclass(frozen=True)
class Change:
    """A new project and the name of the step; `focus` are the layers to look at afterwards."""

    text: str
    project: Project
    focus: tuple[str, ...] | None = None
    merge: str | None = None


def with_design(project: Project, design: Design, to: Mapping[str, Point] | None = None) -> Project:
    """The project with that design, cards at the places in `to`, all others where they were."""
    where = places(project) | dict(to or {})
    update = {
        "design": design,
        "layout": layout(design, where, project.layout),
        "groups": of_layers(project.groups, design.ids),
    }
    return project.model_copy(update=update)
