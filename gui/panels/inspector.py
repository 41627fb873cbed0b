"""The inspector: the options of the chosen layer, or the totals of the whole design."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel, QWidget

from engine.data.dataset import DataFacts
from engine.layers import Layer
from engine.project import Project
from gui.derived import Derived
from gui.forms import Change
from gui.pages.layer_page import LayerPage
from gui.pages.layers_page import LayersPage
from gui.pages.scrolled import fill
from gui.pages.totals_page import TotalsPage
from gui.panels.base import Area, Panel
from gui.requests import ChangeFocus, Edit
from gui.words import mark, tr

if TYPE_CHECKING:
    from gui.document import Focus, State

LOCKED = mark("Read-only while training: stop the training to change the design.")


class Inspector(Panel):
    """Shows what is chosen, and asks for the edits that a person makes there."""

    title: ClassVar[str] = mark("Inspector")
    name: ClassVar[str] = "inspector"
    area: ClassVar[Area] = "right"
    order: ClassVar[int] = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = Project()
        self._derived = Derived(self._project, None)
        self._chosen: tuple[str, ...] = ()
        self.layer_page = LayerPage()
        self.totals_page = TotalsPage()
        self.layers_page = LayersPage()
        self._locked = QLabel(tr(LOCKED))
        self._locked.setProperty("role", "muted")
        self._locked.setWordWrap(True)
        self._locked.hide()
        fill(self, (self._locked, self.layer_page, self.layers_page, self.totals_page))
        self.layer_page.edited.connect(self._edit_layer)
        self.layer_page.renamed.connect(self._rename)
        self.layers_page.edited.connect(self._edit_layers)
        self.totals_page.layer_chosen.connect(self._choose)

    def show_state(self, state: "State", facts: DataFacts | None) -> None:
        self._project = state.project
        self._derived = self._derived.following(state.project, facts)
        self._refresh()

    def show_focus(self, focus: "Focus") -> None:
        if focus.layers != self._chosen:
            self._chosen = focus.layers
            self._refresh()

    def show_locked(self, locked: bool) -> None:
        self.layer_page.set_editable(not locked)
        self.layers_page.set_editable(not locked)
        self._locked.setVisible(locked)

    def apply_theme(self) -> None:
        self.layer_page.apply_theme()
        self.totals_page.apply_theme()

    def _refresh(self) -> None:
        chosen = [each for each in self._chosen if self._project.design.has(each)]
        single = len(chosen) == 1
        self.layer_page.setVisible(single)
        self.totals_page.setVisible(not single)
        self.layers_page.setVisible(len(chosen) > 1)
        if single:
            self._show_layer(chosen[0])
        elif chosen:
            self._show_several(chosen)
        else:
            self._show_design()

    def _show_layer(self, identifier: str) -> None:
        design, derived = self._project.design, self._derived
        problems = [each for each in derived.problems if each.where == identifier]
        self.layer_page.show_layer(design, design.node(identifier), derived.walk, problems)

    def _show_several(self, chosen: Sequence[str]) -> None:
        self.layers_page.show_layers([self._project.design.node(each).layer for each in chosen])
        walk, nodes = self._derived.walk, map(self._project.design.node, chosen)
        figures = [(node.name, f"{walk.parameters(node.id):,}") for node in nodes]
        problems = [each for each in self._derived.problems if each.where in chosen]
        total = sum(walk.parameters(each) for each in chosen)
        self.totals_page.show_totals("", "", total, figures, problems)

    def _show_design(self) -> None:
        design, walk = self._project.design, self._derived.walk
        known = bool(walk.ops) or not design.nodes
        figures = [(tr("Layers"), f"{len(design.nodes):,}"), (tr("Depth"), f"{design.depth:,}")]
        self.totals_page.show_totals(
            self._project.name,
            tr("whole design"),
            walk.total if known else None,
            figures,
            self._derived.problems,
        )

    def _edit_layer(self, layer: Any, change: Change) -> None:
        node = self._project.design.node(self._chosen[0])
        design = self._project.design.replace(node.id, layer)
        merge = change.merge and f"{node.id}.{change.merge}"
        project = self._project.model_copy(update={"design": design})
        text = tr("Change {label} of {name}", label=change.label.lower(), name=node.name)
        self.requested.emit(Edit(text, project, merge))
        self._refresh()

    def _edit_layers(self, layers: Sequence[Layer], change: Change) -> None:
        """One edit of all chosen layers, as one step."""
        chosen = [each for each in self._chosen if self._project.design.has(each)]
        design = self._project.design
        for identifier, layer in zip(chosen, layers, strict=True):
            design = design.replace(identifier, layer)
        merge = change.merge and f"{' '.join(chosen)}.{change.merge}"
        project = self._project.model_copy(update={"design": design})
        label = change.label.lower()
        words = tr("Change {option} of %n layers", len(chosen), option=label)
        self.requested.emit(Edit(words, project, merge))
        self._refresh()

    def _rename(self, name: str) -> None:
        node = self._project.design.node(self._chosen[0])
        project = self._project.model_copy(
            update={"design": self._project.design.rename(node.id, name)}
        )
        text = tr("Rename {before} to {after}", before=node.name, after=name)
        self.requested.emit(Edit(text, project))
        self._refresh()

    def _choose(self, layer: str) -> None:
        from gui.document import Focus

        self.requested.emit(ChangeFocus(Focus(layers=(layer,))))
