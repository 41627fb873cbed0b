"""Every text of the window can be translated, and the language that a person chose is put on."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDockWidget,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from engine import layers
from engine.design import Design, Link
from engine.diagnosis import diagnose_losses
from engine.project import Project
from gui import app, language
from gui.canvas import edits
from gui.canvas.card import Card
from gui.canvas.verdict import judge_link
from gui.formula import FormulaView
from gui.settings import Settings
from gui.words import told, tr
from resources.texts import all_texts
from tests.gui.conftest import close
from tests.gui.person import Person

Said = Iterator[tuple[str, str]]
OWN = "Glasswork XOR MIT Python Qt NumPy English CSV JSON PNG SVG RMSE MAE MSE kernel bias all Run"
KEYS = "Ctrl Alt Shift Return Enter Del Ins Home Space Backspace Right Left Up Down PgUp PgDown Tab"
NAMES = {*OWN.split(), *KEYS.split(), "End"}
NOWHERE = QModelIndex()
TAG = re.compile(r"<i>.*?</i>|<[^>]*>")  # what is in italics is a formula


class Pseudo(QTranslator):
    """Puts every text into brackets that no other text has."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return f"⟦{text}⟧" if text else ""


@pytest.fixture
def foreign(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Person]:
    """Somebody at a window in a language of brackets."""
    monkeypatch.setenv("GLASSWORK_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(language, "wear", lambda _: None)
    translator = Pseudo()
    QCoreApplication.installTranslator(translator)
    try:
        window = app.create_window()
        window.complete()
        with qtbot.waitActive(window):
            window.show()
        yield Person(qtbot, window)
        close(window)
    finally:
        QCoreApplication.removeTranslator(translator)


def untranslated(text: str, own: set[str]) -> bool:
    """Whether there are words outside the brackets, beside numbers and names."""
    rest = TAG.sub(" ", text)
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", rest)) != rest:
        rest = shorter
    for name in own:
        rest = rest.replace(name, " ")
    words = re.findall(r"[A-Za-z]{2,}", rest)
    return any(word not in NAMES for word in words)


def texts(root: QWidget) -> Said:
    """(what says it, what it says) of every widget at or below `root`, but for mathematics."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not isinstance(widget, FormulaView):
            kind = f"{type(widget).__name__} {widget.objectName()}"
            yield kind, widget.toolTip()
            yield kind, widget.accessibleName()
            yield kind, widget.accessibleDescription()
            yield from ((kind, said) for said in _shown(widget))
    for action in root.findChildren(QAction):
        for said in (action.text(), action.toolTip(), action.statusTip()):
            yield f"QAction {action.objectName()}", said


def _shown(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QDockWidget() | QDialog():
            yield widget.windowTitle()
        case QLineEdit():
            yield widget.placeholderText()
        case QGroupBox():
            yield widget.title()
        case QComboBox() if not widget.isEditable():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(index) for index in range(widget.count()))
        case QAbstractItemView():
            yield from _of_view(widget)
        case _:
            return


def _of_view(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    flat = not isinstance(view, QTableView | QTreeView)
    for column in range(1 if flat else model.columnCount(NOWHERE)):
        if not flat:
            yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(NOWHERE), 50)):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(index.data(role) or "")


def missed(person: Person, root: QWidget) -> list[tuple[str, str]]:
    """What is not translated there: neither in brackets nor a name of the person's own."""
    document = person.window.document
    own = {node.name for node in document.project.design.nodes}
    own |= {document.project.name, "Change"}  # the step that `Person` makes
    if facts := document.facts:
        own |= {facts.name, facts.target_name, *facts.classes, *facts.feature_names}
    if data := document.project.data:
        own |= {column.name for column in data.columns}
    return sorted({each for each in texts(root) if untranslated(each[1], own)})


def test_the_welcome_page_and_the_menus_are_translated(foreign: Person) -> None:
    assert missed(foreign, foreign.window) == []


@pytest.mark.parametrize("template", ["iris", "diabetes"])
def test_the_workbench_is_translated_before_and_after_training(
    foreign: Person, template: str
) -> None:
    window = foreign.window
    foreign.begin(template, epochs=3)
    for dock in window.workbench.docks.values():
        dock.show()
    assert missed(foreign, window) == []
    window.canvas.select_all()
    window.canvas.editor.focus((window.document.project.design.order[1],))
    foreign.add(layers.Input())
    assert missed(foreign, window) == []
    foreign.do("undo")
    foreign.train_to_the_end()
    foreign.qtbot.wait(600)
    assert missed(foreign, window) == []


@pytest.mark.parametrize("action", ["commands", "shortcuts", "preferences", "about", "history"])
def test_dialogs_are_translated(foreign: Person, action: str) -> None:
    foreign.begin("iris", epochs=2)
    foreign.do(action)
    dialog = foreign.dialog(QDialog)
    assert missed(foreign, dialog) == []
    dialog.close()


def test_every_kind_of_layer_has_translated_fields(foreign: Person) -> None:
    foreign.begin("iris")
    window = foreign.window
    for kind in layers.Layer.members():
        foreign.add(kind())
        assert missed(foreign, window.workbench.docks["inspector"]) == []


def test_what_cannot_be_opened_is_told_in_translated_words(foreign: Person, tmp_path: Path) -> None:
    path = tmp_path / "x.h5"
    path.write_text("no")
    foreign.window.open_path(path)
    box = foreign.question()
    assert missed(foreign, box) == []
    assert box.informativeText().startswith("⟦")
    box.close()


# ── the languages that there are ────────────────────────────────────────────────────────────


KNOWN = {
    "Units": "Einheiten",
    "{0} is a second Input": "{0} ist ein zweiter Eingang",
    "{0} units · {1}": "{0} Einheiten · {1}",
    "cannot open {0}: {1}": "{0} lässt sich nicht öffnen: {1}",
    "it holds more than {0} arrays": "mehr als {0} Felder",
    "Training loss has hardly changed for {0} epochs, since epoch {1} ({2} → {3}): a plateau.": (
        "Ein Plateau seit {0} Epochen, von Epoche {1} an ({2} → {3})."
    ),
    "linking to {0} would make a cycle": "ein Kreis über {0}",
    "Delete {what}": "{what} löschen",
    "%n layers": "%n Schichten",
}


class Partly(QTranslator):
    """Knows a few texts and sentences of the engine."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return KNOWN.get(text)  # type: ignore[return-value]  # Qt: not known here


@pytest.fixture
def partly() -> Iterator[None]:
    translator = Partly()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_a_sentence_of_the_engine_is_translated_with_its_names(partly: None) -> None:
    assert told("input_2 is a second Input") == "input_2 ist ein zweiter Eingang"
    assert told("Units") == "Einheiten"
    assert told("nobody has ever said this") == "nobody has ever said this"
    assert told("") == tr("") == ""


def test_sentences_within_sentences_are_translated_too(partly: None) -> None:
    said = told("cannot open x.h5: it holds more than 64 arrays")
    assert said == "x.h5 lässt sich nicht öffnen: mehr als 64 Felder"


def test_what_the_curves_show_is_told_in_translated_words(partly: None) -> None:
    epochs = np.arange(1, 41)
    (found,) = diagnose_losses(epochs, np.full(40, 0.5), np.empty(0))
    assert told(found.message) == "Ein Plateau seit 40 Epochen, von Epoche 1 an (0.5 → 0.5)."


def test_cards_links_and_steps_are_told_in_translated_words(partly: None) -> None:
    design = Design().add(layers.Input()).add(layers.Dense(units=1200), after=["input"])
    source, target = design.order
    assert Card.of(design.node(target).layer, "dense").summary == "1,200 Einheiten · linear"
    assert judge_link(design, Link(source=target, target=source), None).text.startswith("ein Kreis")
    step = edits.delete(Project(design=design), design.order).text
    assert step == "2 Schichten löschen"


@pytest.mark.parametrize(
    ("count", "said"), [(1, "1 problem"), (2, "2 problems"), (0, "0 problems")]
)
def test_english_counts(count: int, said: str) -> None:
    assert tr("%n problems", count) == said


def test_the_language_is_english_where_nothing_else_is_known(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    assert settings.language == "system"
    assert language.chosen("xx") == "en"
    settings.language = "en"
    assert language.chosen(Settings(tmp_path).language) == "en"


def test_a_language_in_the_person_s_own_folder_can_be_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLASSWORK_HOME", str(tmp_path))
    assert "eo" not in language.languages()
    folder = tmp_path / "translations"
    folder.mkdir()
    shipped: Callable[[str], Path] = lambda name: language.SHIPPED / name  # noqa: E731
    (folder / "glasswork_eo.qm").write_bytes(shipped("glasswork_en.qm").read_bytes())
    assert language.languages()["eo"] == "Esperanto"
    assert language.chosen("eo") == "eo"


def test_english_has_both_forms_of_every_text_that_counts() -> None:
    catalogue = ET.parse(language.SHIPPED / "glasswork_en.ts")
    forms = {
        message.findtext("source"): [form.text or "" for form in message.iter("numerusform")]
        for message in catalogue.iter("message")
    }
    counted = [text.words for text in all_texts() if text.counts]
    missing = [words for words in counted if not all(forms.get(words, [""]))]
    assert missing == [], "run `python3 dev.py translate`, and fill in glasswork_en.ts"
