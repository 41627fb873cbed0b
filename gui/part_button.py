"""Which part of the rows is judged, as a button that always names it, with the others in a menu."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from engine.judgement.kept import looks
from engine.judging import Part
from engine.project import Project
from gui.words import mark, tr

WORDS: dict[Part, str] = {
    "validation": mark("validation"),
    "training": mark("training"),
    "test": mark("test"),
}
EMPTY_TIP = mark("Choices are made on validation rows; the test rows are for the very end")
NEVER = mark("Test rows not looked at since the design changed")
ONCE = mark("Test rows looked at once since the design changed")
TIMES = mark("Test rows looked at {times} times since the design changed")


class PartButton(QToolButton):
    """`chosen` carries the part; looking at the test rows is asked for in so many words."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._split = (0, 0, 0)
        self._locked = False
        self._project = Project()
        self.looks = looks_words(self._project)
        self.setAutoRaise(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
        self.menu().setToolTipsVisible(True)
        self.menu().aboutToShow.connect(self.fill)
        self.show_part("validation")

    def show_part(self, part: Part) -> None:
        """Names the part that is shown."""
        if tr(WORDS[part]) != self.text():
            self.setText(tr(WORDS[part]))
            self.setAccessibleName(tr("Rows judged: {part}", part=self.text()))
            self._tell()

    def show_project(self, project: Project, split: tuple[int, int, int]) -> None:
        """How many rows each part has, and how often the test rows have been looked at."""
        before, self._project, self._split = self._project, project, split
        same = project.design is before.design and project.test_looks is before.test_looks
        if not same:  # comparing designs takes too long for every card that is dragged
            self.looks = looks_words(project)
            self._tell()

    def show_locked(self, locked: bool) -> None:
        """While training runs, nobody looks at the test rows."""
        self._locked = locked

    def fill(self) -> None:
        """Puts the parts into the menu as they are now."""
        menu = self.menu()
        menu.clear()
        training, validation, test = self._split
        rows: tuple[tuple[Part, int, str], ...] = (
            ("validation", validation, tr("{count} validation rows", count=f"{validation:,}")),
            ("training", training, tr("{count} training rows", count=f"{training:,}")),
            ("test", test, tr("Look at the {count} test rows", count=f"{test:,}")),
        )
        for part, count, words in rows:
            if part == "test":
                menu.addSeparator()
            action = menu.addAction(words)
            action.setEnabled(bool(count) and not (part == "test" and self._locked))
            action.triggered.connect(lambda _=False, part=part: self.chosen.emit(part))
        said = menu.addAction(self.looks)
        said.setEnabled(False)

    def _tell(self) -> None:
        self.setToolTip(f"{tr(EMPTY_TIP)}.\n{self.looks}")


def looks_words(project: Project) -> str:
    """How often somebody has looked at the test rows, as a sentence."""
    count, total = looks(project), project.test_looks.total
    said = tr(TIMES, times=f"{count:,}") if count > 1 else tr(ONCE if count else NEVER)
    return said + (tr(" ({total} in all)", total=f"{total:,}") if total > count else "")
