"""What the Help menu offers."""

from gui.action_rows.spec import Spec

HELP: tuple[Spec, ...] = (
    Spec(
        "commands",
        "&Find a command…",
        "help.show_commands",
        ("Ctrl+Shift+P",),
        "magnifying-glass",
        "Every command, found by a few letters",
    ),
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
