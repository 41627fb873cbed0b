"""A model that Keras saved, as a project of its own: no data yet, rows taken as prepared."""

from engine.activations import Sigmoid, Softmax
from engine.data.dataset import DataFacts
from engine.data.fitted import NumberColumn, Target
from engine.data.preprocessing import Preprocessing
from engine.design import Design
from engine.files.bounds import require_finite
from engine.files.keras_reading import KerasDesign, design_from, weights_from
from engine.files.sandbox import Reads
from engine.layers import Activation, Dense
from engine.project import Position, Progress, Project, Trained
from engine.shapes import walk

CARD_WIDTH, CARD_HEIGHT = 184, 72
GAP_ACROSS, GAP_DOWN = 64, 40


def from_keras_file(
    file: Reads, config: str, name: str
) -> tuple[Project, Trained, tuple[str, ...]]:
    """The project in a file that Keras saved, with its weights, and notes."""
    read = design_from(config)
    weights = weights_from(file, read)
    for (identifier, array), values in weights.items():
        require_finite(f"layer {read.design.node(identifier).name!r}: {array}", values)
        values.setflags(write=False)
    project = Project(name=name, design=read.design, layout=laid_out(read.design))
    trained = Trained(
        weights=weights,
        slots={},
        best={},
        progress=Progress(),
        history=(),
        preprocessing=untouched(read.width, _target(read)),
        facts=_facts(read, name),
        seed=project.training.seed,
    )
    return project, trained, read.notes


def untouched(width: int, target: Target) -> Preprocessing:
    """A preprocessing that passes `width` numbers on as they are."""
    return Preprocessing(tuple(NumberColumn(f"x{place}") for place in range(1, width + 1)), target)


def laid_out(design: Design) -> tuple[Position, ...]:
    """Positions from left to right by depth; layers of one depth stand below each other."""
    depth: dict[str, int] = {}
    columns: dict[int, list[str]] = {}
    for identifier in design.order:
        depth[identifier] = 1 + max(
            (depth[each] for each in design.parents(identifier)), default=-1
        )
        columns.setdefault(depth[identifier], []).append(identifier)
    return tuple(
        Position(
            id=identifier,
            x=column * (CARD_WIDTH + GAP_ACROSS),
            y=(place - (len(identifiers) - 1) / 2) * (CARD_HEIGHT + GAP_DOWN),
        )
        for column, identifiers in columns.items()
        for place, identifier in enumerate(identifiers)
    )


def _target(read: KerasDesign) -> Target:
    """Classes or labels where the last layer gives probabilities, else numbers as they are."""
    width = walk(read.design, read.width).widths[read.design.outputs[0]]
    function = _last_function(read.design)
    if isinstance(function, Softmax) and width > 1:
        return Target("class", tuple(str(each) for each in range(width)))
    if isinstance(function, Sigmoid) and width == 1:
        return Target("class", ("0", "1"))
    if isinstance(function, Sigmoid):
        return Target("label", labels=tuple(f"label_{place + 1}" for place in range(width)))
    return Target("y", (), (0.0,) * width, (1.0,) * width)


def _last_function(design: Design) -> object:
    layer = design.node(design.outputs[0]).layer
    if isinstance(layer, Dense):
        return layer.activation
    return layer.function if isinstance(layer, Activation) else None


def _facts(read: KerasDesign, name: str) -> DataFacts:
    target = _target(read)
    return DataFacts(
        name=name,
        rows=0,
        width=read.width,
        task=target.task,
        classes=target.classes or target.labels,
        targets=1 if target.classes else len(target.mean or target.labels),
        target_name=target.name,
        feature_names=tuple(f"x{place}" for place in range(1, read.width + 1)),
        image_shape=read.image_shape,
    )
