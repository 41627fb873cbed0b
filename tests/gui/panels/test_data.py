"""The data panel: the facts of the data, and edits of the split and of the columns' use."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine import templates
from engine.data import DataFacts, inspect, load_dataset, prepare
from engine.project import Project
from gui.bars import Bar, Histogram, split_words
from gui.dialogs import table_reading
from gui.document import Document, State
from gui.pages.column_table import KIND, NAME, VALUES
from gui.panels.data import DataPanel, class_words
from gui.requests import ChooseData, Edit


class Bench:
    """A data panel beside a document whose data is loaded, wired as the main window does."""

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.qtbot = qtbot
        self.document = Document()
        self.panel = DataPanel()
        qtbot.addWidget(self.panel)
        self.requests: list[object] = []
        self.panel.requested.connect(self._act)
        self.document.document_changed.connect(lambda *_: self._show())
        self.document.facts_changed.connect(lambda _: self._show())
        self.document.locked_changed.connect(self.panel.show_locked)
        self.document.replace(State(project))
        self.panel.resize(208, 700)
        self.panel.show()

    def load(self) -> None:
        recipe = self.document.project.data
        assert recipe is not None
        dataset = load_dataset(recipe)
        self.document.set_prepared(prepare(dataset, recipe))
        if not recipe.source.built_in:
            self.panel.show_columns(inspect(dataset, recipe))

    def texts(self) -> list[str]:
        labels = self.panel.findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible() and label.text()]

    def unfold(self) -> None:
        for button in self.panel.findChildren(QToolButton):
            button.setChecked(True)

    def _show(self) -> None:
        self.panel.show_state(self.document.state, self.document.facts)

    def _act(self, request: object) -> None:
        self.requests.append(request)
        if isinstance(request, Edit):
            self.document.edit(request.text, project=request.project, merge=request.merge)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    lines = ["age,town,income,bought"]
    for row in range(60):
        income = "" if row % 10 == 0 else str(1000 + 17 * row)
        lines.append(f"{20 + row % 37},{'abc'[row % 3]},{income},{'yes' if row % 2 else 'no'}")
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def own(qtbot: QtBot, table: Path) -> Bench:
    seen = table_reading.read(table, lambda *_: None)
    bench = Bench(qtbot, table_reading.build(seen, lambda *_: None))
    bench.load()
    return bench


def test_without_data_it_says_how_to_get_some(qtbot: QtBot) -> None:
    bench = Bench(qtbot, Project())
    assert any("Choose a table" in text for text in bench.texts())
    bench.qtbot.mouseClick(bench.panel.change_button, Qt.MouseButton.LeftButton)
    assert bench.requests == [ChooseData()]


def test_while_the_rows_are_loading_it_says_so(qtbot: QtBot) -> None:
    assert "The rows are not loaded yet." in Bench(qtbot, templates.new("iris")).texts()


def test_it_shows_rows_split_and_classes(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.new("digits"))
    bench.load()
    texts = bench.texts()
    assert "digits" in texts
    assert "1,797 rows · 64 → 10 classes" in texts
    assert bench.document.facts is not None
    assert split_words(bench.document.facts.split) in texts
    assert "0 … 9: 174–183 rows each" in texts
    assert not bench.panel.columns.isVisible()


def test_a_regression_names_what_it_predicts_and_has_no_classes(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.new("diabetes"))
    bench.load()
    assert any(text.startswith("442 rows · 10 → ") for text in bench.texts())
    assert not bench.panel.histogram.isVisible()


def test_the_split_is_edited_as_a_step_with_a_name(qtbot: QtBot) -> None:
    bench = Bench(qtbot, templates.new("iris"))
    bench.load()
    bench.unfold()
    bench.qtbot.keyClick(bench.panel.form.editor("test").box, Qt.Key.Key_Up)
    recipe = bench.document.project.data
    assert recipe is not None
    assert recipe.split.test == 0.21
    assert bench.document.undo_stack.undoText() == "Change test of the rows"
    bench.document.undo()
    assert bench.panel.form.editor("test").box.text() == "0.2"


def test_a_table_of_ones_own_shows_its_columns(own: Bench) -> None:
    own.unfold()
    model = own.panel.columns.columns
    names = [model.index(row, NAME).data() for row in range(model.rowCount())]
    assert names == ["age", "town", "income"]
    assert [model.index(row, KIND).data() for row in range(3)] == ["num", "cat", "num"]
    assert "6" in [line.values and str(line.values.missing) for line in model.lines]
    assert own.panel.columns.isVisible()


def test_the_use_of_a_column_is_edited_in_its_cell(own: Bench) -> None:
    own.unfold()
    QApplication.processEvents()
    index = own.panel.columns.columns.index(0, KIND)
    place = own.panel.columns.visualRect(index).center()
    own.qtbot.mouseClick(own.panel.columns.viewport(), Qt.MouseButton.LeftButton, pos=place)
    box = next(each for each in own.panel.columns.viewport().findChildren(QComboBox))
    assert [box.itemText(at) for at in range(box.count())] == ["number", "category", "ignore"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    recipe = own.document.project.data
    assert recipe is not None
    assert recipe.columns[0].kind == "ignore"
    assert own.document.undo_stack.undoText() == "Change the use of age"
    own.qtbot.waitUntil(lambda: not own.panel.columns.viewport().findChildren(QComboBox))
    assert own.panel.columns.columns.index(0, KIND).data() == "–"


def test_while_training_nothing_can_be_changed(own: Bench) -> None:
    own.document.set_locked(True)
    assert not own.panel.change_button.isEnabled()
    assert not own.panel.form.isEnabled()
    index = own.panel.columns.columns.index(0, KIND)
    assert not index.flags() & Qt.ItemFlag.ItemIsEditable
    own.document.set_locked(False)
    assert index.flags() & Qt.ItemFlag.ItemIsEditable


def test_columns_explain_themselves(own: Bench) -> None:
    model = own.panel.columns.columns
    tips = [model.index(row, VALUES).data(Qt.ItemDataRole.ToolTipRole) for row in range(3)]
    assert "20 to 56" in tips[0]
    assert "a (20), b (20), c (20)" in tips[1]
    assert model.columnCount(QModelIndex()) == 6
    own.panel.apply_theme()
    own.unfold()
    assert not own.panel.grab().isNull()


@pytest.mark.parametrize(
    ("classes", "counts", "words"),
    [
        (("no", "yes"), (5, 1200), "no: 5 · yes: 1,200"),
        (("a", "b", "c", "d"), (3, 3, 3, 3), "a … d: 3 rows each"),
        (("a", "b", "c", "d"), (3, 9, 3, 3), "a … d: 3–9 rows each"),
        ((), (), ""),
    ],
)
def test_classes_in_words(classes: tuple[str, ...], counts: tuple[int, ...], words: str) -> None:
    facts = DataFacts(
        name="x", rows=sum(counts), width=1, task="classification", classes=classes, targets=1,
        target_name="t", feature_names=("f",), class_counts=counts,
    )  # fmt: skip
    assert class_words(facts) == words


def test_a_bar_says_what_it_counts(qtbot: QtBot) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.resize(100, 28)
    assert histogram.label_at(5) == ""
    histogram.show_bars([Bar("red", 1), Bar("blue", 2000)])
    assert histogram.label_at(10) == "red: 1 row"
    assert histogram.label_at(99) == "blue: 2,000 rows"
    assert histogram.label_at(100) == ""


def test_empty_parts_of_a_split_are_left_out() -> None:
    assert split_words((4, 0, 0)) == "4 train"


def test_panel_is_a_narrow_widget(own: Bench) -> None:
    assert isinstance(own.panel, QWidget)
    assert own.panel.minimumSizeHint().width() <= 208
