"""Where a piece will be placed, and what it will be linked to there."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF

from engine.design import Design, Link
from engine.project import Project
from gui.canvas import geometry, placing
from gui.canvas.change import Change, Point
from gui.canvas.placing import Piece, Widths
from gui.words import tr


@dataclass(frozen=True)
class Spot:
    """A point of the scene, and at most one kind of neighbour.

    `after` are layers to be linked behind, `link` one to be spliced into, `source` and `target`
    the layer at the other end of a loose link. Without a point it goes beside `after`.
    """

    at: QPointF | None = None
    after: tuple[str, ...] = ()
    link: Link | None = None
    source: str = ""
    target: str = ""

    @property
    def alone(self) -> "Spot":
        """The same place, with no neighbour."""
        return Spot(self.at)

    def fits(self, piece: Piece) -> bool:
        """Whether it can be linked as it should be."""
        wanted = self.link is not None or bool(self.source)
        return placing.takes_a_link(piece) or not wanted

    def words(self, design: Design, piece: Piece) -> str:
        """What the piece will be linked to."""
        names = {node.id: node.name for node in design.nodes}
        if self.link is not None:
            ends = names[self.link.source], names[self.link.target]
            return tr("between {source} and {target}", source=ends[0], target=ends[1])
        if self.source:
            return tr("fed by {name}", name=names[self.source])
        if self.target:
            return tr("feeding {name}", name=names[self.target])
        if self.after and placing.takes_a_link(piece):
            after = self.after if placing.merges(piece) else self.after[-1:]
            return tr("behind {names}", names=", ".join(names[each] for each in after[:3]))
        return tr("on its own")

    def place(self, project: Project, piece: Piece, widths: Widths) -> Change:
        """The piece here: by its port where it is the end of a link, else by its middle."""
        if self.link is not None:
            return placing.insert(project, piece, self.link, self._corner(piece), widths)
        if self.source:
            return placing.attach(
                project, piece, self._corner(piece), source=self.source, widths=widths
            )
        if self.target:
            return placing.attach(project, piece, self._corner(piece), target=self.target)
        if self.after:
            at = None if self.at is None else self._corner(piece)
            return placing.append(project, piece, self.after, widths, at)
        return placing.add(project, piece, self._corner(piece))

    def _corner(self, piece: Piece) -> Point:
        """Where the first card's corner goes."""
        at = (self.at or QPointF()) - self._grab(piece)
        return at.x(), at.y()

    def _grab(self, piece: Piece) -> QPointF:
        if self.source:
            return geometry.IN_PORT
        if self.target:
            fragment = placing.fragment_of(piece)
            return geometry.OUT_PORT + QPointF(*placing.offsets(fragment)[fragment.exit])
        return geometry.CARD.center()
