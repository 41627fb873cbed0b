"""Why an action cannot be done just now, in words, for each condition that it may need."""

from collections.abc import Sequence

from gui.words import mark, tr

REASONS = {
    "project": mark("Begin or open a project first"),
    "left_behind": mark("No design waits behind this page"),
    "idle": mark("Stop the training first"),
    "editable": mark("Stop the training first"),
    "grouped": mark("Select a layer of a group first"),
    "selection": mark("Select a layer first"),
    "trained": mark("Train first"),
    "under_way": mark("No training is under way"),
    "trainable": mark("Training is running"),
    "steppable": mark("Training is running"),
    "resettable": mark("Nothing is trained yet"),
    "can_undo": mark("There is nothing to undo"),
    "can_redo": mark("There is nothing to redo"),
}


def reason(needs: Sequence[str], held: frozenset[str]) -> str:
    """The first thing that is missing; without a project that, whatever else is missing."""
    missing = [need for need in needs if need not in held]
    if not missing:
        return ""
    of_project = "project" not in held and missing[0] != "left_behind"
    return tr(REASONS["project" if of_project else missing[0]])
