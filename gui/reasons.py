"""Why an action cannot be done just now, in words, for each condition that it may need."""

from collections.abc import Sequence

REASONS = {
    "project": "Begin or open a project first",
    "left_behind": "No design waits behind this page",
    "idle": "Stop the training first",
    "editable": "Stop the training first",
    "selection": "Select a layer first",
    "trained": "Train first",
    "under_way": "No training is under way",
    "trainable": "Training is running",
    "steppable": "Training is running",
    "resettable": "Nothing is trained yet",
    "can_undo": "There is nothing to undo",
    "can_redo": "There is nothing to redo",
}


def reason(needs: Sequence[str], held: frozenset[str]) -> str:
    """The first thing that is missing; without a project that, whatever else is missing."""
    missing = [need for need in needs if need not in held]
    if not missing:
        return ""
    of_project = "project" not in held and missing[0] != "left_behind"
    return REASONS["project" if of_project else missing[0]]
