"""Everything that keeps a project from training, or deserves a look: design, data, recipe."""

from engine.data.dataset import DataFacts
from engine.design import Design
from engine.losses import Loss, resolve
from engine.ops import Gemm, Op, Sigmoid, Softmax
from engine.project import Project
from engine.repairs import setting
from engine.shapes import Problem, Walk, walk


def problems(
    project: Project, facts: DataFacts | None, walked: Walk | None = None
) -> tuple[Problem, ...]:
    """All problems, errors first. `facts` is None before the data is known."""
    found = walked or walk(project.design, facts.width if facts else None)
    result = list(found.problems)
    if project.data is None:
        result.append(Problem("error", "data", "no data is chosen", "Choose a data set."))
    sound = not any(problem.severity == "error" for problem in found.problems)
    if facts is not None and sound:
        result += _output(project, facts, found)
    result += _linear_pairs(project, found)
    return tuple(sorted(result, key=lambda problem: problem.severity != "error"))


def needed_outputs(facts: DataFacts) -> int:
    """How many outputs fit the data: one a class, or one a target."""
    return facts.targets if facts.task == "regression" else len(facts.classes)


def _output(project: Project, facts: DataFacts, found: Walk) -> list[Problem]:
    """Whether the last layer and the loss fit the data."""
    output = project.design.outputs[0]
    width, needed = found.widths[output], needed_outputs(facts)
    last = _last_op(project, found)
    if not any(op.trained_size for ops in found.ops.values() for op in ops):
        return [Problem("error", output, "there is nothing to train", "Add a Dense layer.")]
    single = width == 1 and needed == 2 and isinstance(last, Sigmoid)
    if facts.task == "regression" and width != needed:
        return [
            _width_problem(project.design, output, width, f"{needed} target{_s(needed)}", needed)
        ]
    if facts.task == "classification" and width != needed and not single:
        return [_width_problem(project.design, output, width, f"{needed} classes", needed)]
    if facts.task == "multilabel" and width != needed:
        return [
            _width_problem(project.design, output, width, f"{needed} label{_s(needed)}", needed)
        ]
    return _loss_problems(
        project.design, output, last, resolve(project.training.loss, facts.task, last), facts
    )


def _width_problem(design: Design, where: str, width: int, needs: str, needed: int) -> Problem:
    return Problem(
        "error",
        where,
        f"{design.node(where).name} gives {width} output{_s(width)}, but the data has {needs}",
        f"Set its units to {needed}.",
        setting(design, where, "units", needed),
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _loss_problems(
    design: Design, where: str, last: Op | None, loss: Loss, facts: DataFacts
) -> list[Problem]:
    name = design.node(where).name
    if facts.task not in loss.tasks:
        fix = "Choose Automatic as the loss."
        task = "several labels" if facts.task == "multilabel" else facts.task
        return [Problem("error", "training", f"{loss.label} is no loss for {task}", fix)]
    if facts.task == "multilabel" and not isinstance(last, Sigmoid):
        message = f"{name} does not give each label a probability of its own"
        return [
            Problem(
                "error",
                where,
                message,
                "Set its activation to sigmoid.",
                setting(design, where, "activation", "sigmoid"),
            )
        ]
    if facts.task == "classification" and not isinstance(last, (Softmax, Sigmoid)):
        message = f"{name} gives plain numbers, but classes need probabilities"
        return [
            Problem(
                "error",
                where,
                message,
                "Set its activation to softmax (or sigmoid).",
                setting(design, where, "activation", "softmax"),
            )
        ]
    expected = loss.fuses
    if expected and not isinstance(last, expected):
        message = f"{loss.label} is meant for {expected.__name__.lower()} as the last activation"
        return [Problem("warning", "training", message, "Choose Automatic as the loss.")]
    if facts.task == "regression" and isinstance(last, (Softmax, Sigmoid)):
        message = f"{name} can only give values between 0 and 1, but the target has others"
        return [
            Problem(
                "warning",
                where,
                message,
                "Set its activation to linear.",
                setting(design, where, "activation", "linear"),
            )
        ]
    return []


def _last_op(project: Project, found: Walk) -> Op | None:
    """The op that computes the output; linear layers and noise pass on what is before them."""
    current = project.design.outputs[0]
    while True:
        ops = [op for op in found.ops.get(current, ()) if not op.training_only]
        parents = project.design.parents(current)
        if ops or len(parents) != 1:
            return ops[-1] if ops else None
        current = parents[0]


def _linear_pairs(project: Project, found: Walk) -> list[Problem]:
    """Two Dense layers in a row without an activation between them are one in disguise."""
    result = []
    for node in project.design.nodes:
        ops = found.ops.get(node.id, ())
        if not (ops and isinstance(ops[0], Gemm)):
            continue
        for parent in project.design.parents(node.id):
            before = found.ops.get(parent, ())
            if before and isinstance(before[-1], Gemm):
                name = project.design.node(parent).name
                message = f"{name} has no activation: with {node.name} it is one linear layer"
                repair = setting(project.design, parent, "activation", "relu")
                fix = "Give it an activation."
                result.append(Problem("warning", parent, message, fix, repair))
    return result
