"""What the Help menu offers."""

from gui.action_rows.spec import Spec

HELP: tuple[Spec, ...] = (
    Spec(
        "shortcuts",
        "&Keyboard and mouse",
        "help.show_shortcuts",
        ("F1",),
        "keyboard",
        "What the keys and the mouse do",
    ),
    Spec("about", "&About Glasswork", "help.show_about", (), "info", "Version and licence"),
)
