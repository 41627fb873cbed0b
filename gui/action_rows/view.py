"""What the View menu offers."""

from gui.action_rows.spec import Spec

VIEW: tuple[Spec, ...] = (
    Spec(
        "fit",
        "&Fit the design",
        "canvas.fit",
        ("F",),
        "corners-out",
        "Show the whole design",
        "canvas",
        ("project",),
    ),
    Spec(
        "zoom_reset",
        "&Actual size",
        "canvas.zoom_reset",
        ("Ctrl+0",),
        "",
        "Zoom 100 %",
        "window",
        ("project",),
    ),
    Spec(
        "zoom_in",
        "Zoom &in",
        "canvas.zoom_in",
        ("Ctrl++", "Ctrl+="),
        "magnifying-glass-plus",
        "Zoom in",
        "window",
        ("project",),
    ),
    Spec(
        "zoom_out",
        "Zoom &out",
        "canvas.zoom_out",
        ("Ctrl+-",),
        "magnifying-glass-minus",
        "Zoom out",
        "window",
        ("project",),
    ),
    Spec("light", "&Light", "look.light", (), "", "Dark writing on light ground"),
    Spec("dark", "&Dark", "look.dark", (), "", "Light writing on dark ground"),
    Spec("system", "As the &system", "look.system", (), "", "Follow the desktop's setting"),
    Spec(
        "reset_layout",
        "&Reset panels",
        "look.reset_layout",
        (),
        "",
        "Put every panel back where it was",
        needs=("project",),
    ),
)
