"""What the Train menu offers."""

from gui.action_rows.spec import Spec

TRAIN: tuple[Spec, ...] = (
    Spec(
        "train",
        "&Train",
        "training.train",
        ("Ctrl+Return", "Ctrl+Enter"),
        "play",
        "Train from where it stands",
        needs=("trainable",),
    ),
    Spec(
        "pause",
        "&Pause",
        "training.toggle_pause",
        ("Space",),
        "pause",
        "Pause and go on",
        needs=("under_way",),
    ),
    Spec(
        "step_batch",
        "Step one &batch",
        "training.step_batch",
        ("Ctrl+Right",),
        "skip-forward",
        "Train one batch, then pause",
        needs=("steppable",),
    ),
    Spec(
        "step_epoch",
        "Step one &epoch",
        "training.step_epoch",
        ("Ctrl+Shift+Right",),
        "fast-forward",
        "Train to the end of the epoch, then pause",
        needs=("steppable",),
    ),
    Spec(
        "stop",
        "&Stop",
        "training.stop",
        ("Ctrl+.",),
        "stop",
        "End the training and keep what it made",
        needs=("under_way",),
    ),
    Spec(
        "reset",
        "&Reset",
        "training.reset",
        ("Ctrl+R",),
        "arrow-counter-clockwise",
        "Back to the same initial weights",
        needs=("resettable",),
    ),
    Spec(
        "new_seed",
        "&New seed",
        "training.new_seed",
        ("Ctrl+Shift+R",),
        "dice-five",
        "Back to other initial weights",
        needs=("project", "idle"),
    ),
)
