"""The drawing that a person has chosen, of the document as it stands."""

from gui import theme
from gui.document import Document
from gui.picture.as_drawn import as_drawn
from gui.picture.choices import Choices
from gui.picture.drawing import Drawing, titled
from gui.picture.in_columns import in_columns


def drawing_of(document: Document, choices: Choices) -> Drawing:
    """In the style of `choices`, with what they wish shown."""
    project, walk = document.project, document.walk
    with theme.worn(choices.colours):
        if choices.style == "columns":
            drawing = in_columns(project.design, walk, choices, project.name)
        else:
            problems = document.problems if choices.problems else ()
            only = document.focus.layers if choices.selected else ()
            drawing = as_drawn(project, walk, problems, only)
    total = None if document.facts is None else walk.total
    return titled(drawing, total) if choices.title else drawing
