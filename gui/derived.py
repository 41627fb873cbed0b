"""What follows from a project and the facts of its data: widths, parameter counts, problems."""

from functools import cached_property
from typing import ClassVar

from engine import problems
from engine.data.dataset import DataFacts
from engine.project import Project
from engine.shapes import Problem, Walk, walk


class Derived:
    """Worked out once for each project and facts, when somebody asks.

    Many follow the same document: the one last made is shared by all whom it fits.
    """

    _last: "ClassVar[Derived | None]" = None

    def __init__(self, project: Project, facts: DataFacts | None) -> None:
        self._project = project
        self._facts = facts
        self._earlier: Walk | None = None  # of the project before, of which much is still true

    def following(self, project: Project, facts: DataFacts | None) -> "Derived":
        """What follows from these; what is known is kept where it depends on nothing new."""
        for each in (self, Derived._last):
            if each and project is each._project and facts is each._facts:
                return each
        made, before = Derived(project, facts), self._project
        kept: set[str] = set()
        if project.design is before.design and made.width == self.width:
            kept.add("walk")
            recipes = project.data is before.data and project.training is before.training
            if recipes and facts is self._facts:
                kept.add("problems")
        made.__dict__ |= {k: v for k, v in self.__dict__.items() if k in kept}
        made._earlier = self.__dict__.get("walk", self._earlier)
        Derived._last = made
        return made

    @property
    def width(self) -> int | None:
        """How many numbers a prepared row has; None before the data is known."""
        return None if self._facts is None else self._facts.width

    @cached_property
    def walk(self) -> Walk:
        return walk(self._project.design, self.width, self._earlier)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        return problems.problems(self._project, self._facts, self.walk)
