"""Everything that can be placed, as one list: layers, activations, presets, blocks of one's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from engine import activations, layers
from engine.fragments import Fragment
from engine.layers import Layer
from engine.presets import Preset, presets
from gui.blocks import Blocks
from gui.canvas.placing import Piece, title
from gui.settings import Settings
from gui.words import mark, tr

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (mark("Core"), ("input-output", "core")),
    (mark("Activation"), ("activation",)),
    (mark("Regularise · normalise"), ("regularise", "norm")),
    (mark("Merge"), ("merge",)),
)
FAVOURITES, PRESETS, OWN = mark("Favourites"), mark("Presets"), mark("My blocks")
_SHORT = {"gaussian_noise": mark("Noise"), "concatenate": mark("Concat")}
_FIRST = ("relu", "tanh", "sigmoid", "softmax")


@dataclass(frozen=True)
class Entry:
    """What can be placed, under the name and the section by which it is found.

    `key` names it in the settings.
    """

    key: str
    piece: Piece
    label: str
    section: str
    tip: str
    formula: str = ""

    @property
    def category(self) -> str:
        """That of the layer, which decides the colour; of a block's first layer."""
        piece = self.piece
        layer = piece if isinstance(piece, Layer) else piece.design.nodes[0].layer
        return layer.category

    @property
    def is_own(self) -> bool:
        """Whether a person made it, and may rename or remove it."""
        return self.section == OWN

    @property
    def words(self) -> str:
        """All by which it may be searched for."""
        piece = self.piece
        if isinstance(piece, Fragment):
            return f"{self.label} block {tr(self.section)}"
        words = f"{self.label} {piece.kind.replace('_', ' ')} {piece.label} {piece.category}"
        return " ".join({word.casefold(): word for word in words.split()}.values())


class Catalogue(QObject):
    """The list as it is now, and which entries are favourites; both may change in any window."""

    changed = Signal()

    def __init__(
        self,
        settings: Settings | None = None,
        blocks: Blocks | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.blocks = blocks
        self._settings = settings
        self._favourites: tuple[str, ...] = settings.favourites if settings else ()
        if blocks is not None:
            blocks.changed.connect(self.changed)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that can be placed, in the order in which it is offered."""
        own = self.blocks.all if self.blocks else {}
        return (*built_in(), *(_of_block(name, each) for name, each in own.items()))

    @property
    def favourites(self) -> tuple[Entry, ...]:
        """The favourites that there still are, in the order in which they became that."""
        by_key = {entry.key: entry for entry in self.entries}
        return tuple(by_key[key] for key in self._favourites if key in by_key)

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for every block that cannot be read."""
        return self.blocks.problems if self.blocks else ()

    def is_favourite(self, entry: Entry) -> bool:
        return entry.key in self._favourites

    def set_favourite(self, entry: Entry, on: bool) -> None:
        """From now on it is a favourite, or is not."""
        self.look_again()
        others = tuple(key for key in self._favourites if key != entry.key)
        self._favourites = (*others, entry.key) if on else others
        if self._settings is not None:
            self._settings.favourites = self._favourites
        self.changed.emit()

    def look_again(self) -> None:
        """Another window may have changed the favourites."""
        if self._settings is not None and self._settings.favourites != self._favourites:
            self._favourites = self._settings.favourites
            self.changed.emit()


def built_in() -> tuple[Entry, ...]:
    """All layers of the engine, an activation layer once for each function; then the presets."""
    plain = [name for name in Layer.family if name != layers.Activation.kind]
    functions = activations.Activation.family
    ordered = sorted(functions, key=lambda kind: _FIRST.index(kind) if kind in _FIRST else 99)
    found = [_of_layer(Layer.parse(name)) for name in plain]
    found += [_of_function(activations.Activation.parse(name)) for name in ordered]
    found.sort(key=lambda entry: (_section_place(entry), entry.category != "input-output"))
    return (*found, *map(_of_preset, presets()))


def in_sections(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries by section, in the order of the sections; without those that are empty."""
    names = [*(name for name, _ in SECTIONS), PRESETS, OWN]
    found: dict[str, list[Entry]] = {name: [] for name in names}
    for entry in entries:
        found[entry.section].append(entry)
    return {name: members for name, members in found.items() if members}


def _section_of(layer: Layer) -> str:
    return next(name for name, categories in SECTIONS if layer.category in categories)


def _section_place(entry: Entry) -> int:
    return [name for name, _ in SECTIONS].index(entry.section)


def _of_layer(layer: Layer) -> Entry:
    label = tr(_SHORT.get(layer.kind, layer.label))
    key, tip = f"layer {layer.kind}", tr(layer.tip)
    return Entry(key, layer, label, _section_of(layer), tip, layer.formula)


def _of_function(function: activations.Activation) -> Entry:
    layer = layers.Activation(function=function)
    key = f"activation {function.kind}"
    return Entry(key, layer, title(layer), _section_of(layer), tr(function.tip), function.formula)


def _of_preset(preset: Preset) -> Entry:
    return Entry(f"preset {preset.key}", preset.fragment, tr(preset.label), PRESETS, tr(preset.tip))


def _of_block(name: str, fragment: Fragment) -> Entry:
    names = ", ".join(node.name for node in fragment.design.nodes[:6])
    more = ", …" if len(fragment.design.nodes) > 6 else ""
    tip = tr("A block of your own, %n layers: {names}", len(fragment.design.nodes), names=names)
    return Entry(f"block {name}", fragment, name, OWN, f"{tip}{more}.")
