"""A table of one's own, as a person goes through it: open, look, choose, train, predict, export."""

import csv
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QDialog, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

import engine
from engine.data import DataFacts
from engine.project import EpochRecord
from gui import app
from gui.dialogs.predict import PredictDialog
from gui.dialogs.table import TableDialog
from gui.main_window import MainWindow
from gui.pages.column_table import KIND
from gui.panels.confusion import ConfusionPanel
from gui.panels.predicted import PredictedPanel
from tests.desktop.hand import Hand, button

LOAD_MS, TRAIN_MS = 20_000, 60_000

D = TypeVar("D", bound=QDialog)


class Analyst:
    """Somebody with a table, at the window, with a hand."""

    def __init__(self, qtbot: QtBot, window: MainWindow, hand: Hand) -> None:
        self.qtbot, self.window, self.hand = qtbot, window, hand

    def open_table(self, path: Path) -> TableDialog:
        self.hand.choose("File", "Open a table…")
        self.type_path(path)
        dialog = self.dialog(TableDialog)
        self.qtbot.waitUntil(lambda: dialog.seen is not None, timeout=LOAD_MS)
        self.hand.wait(300)
        return dialog

    def build(self, dialog: TableDialog) -> None:
        self.hand.click(button(dialog, "Build a fitting design"))
        self.qtbot.waitUntil(lambda: self.window.document.prepared is not None, timeout=LOAD_MS)
        self.hand.wait(300)
        self.hand.take_focus()

    def train(self) -> EpochRecord:
        """Trains to the end; gives the figures of the last epoch."""
        self.hand.press("ctrl+Return")
        document, training = self.window.document, self.window.training
        self.qtbot.waitUntil(
            lambda: training.state == "idle" and document.trained is not None, timeout=TRAIN_MS
        )
        self.hand.wait(300)
        return document.trained.history[-1]

    def predict(self, path: Path) -> PredictDialog:
        self.hand.choose("File", "Predict new rows…")
        dialog = self.dialog(PredictDialog)
        self.hand.click(button(dialog, "Choose a file…"))
        self.type_path(path)
        self.qtbot.waitUntil(lambda: dialog.predictions is not None, timeout=LOAD_MS)
        self.hand.wait(300)
        return dialog

    def export(self, dialog: PredictDialog, path: Path) -> list[dict[str, str]]:
        """Exports the predictions, and gives what the file then holds."""
        self.hand.click(button(dialog, "Export as CSV…"))
        self.type_path(path)
        self.qtbot.waitUntil(lambda: "Wrote" in str(dialog.messages.sentences), timeout=LOAD_MS)
        self.hand.click(button(dialog, "Close"))
        self.hand.take_focus()
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def save(self, path: Path) -> None:
        self.hand.press("ctrl+s")
        self.type_path(path)
        document = self.window.document
        self.qtbot.waitUntil(lambda: path.exists() and not document.modified, timeout=LOAD_MS)

    def type_path(self, path: Path) -> None:
        """Answers the file dialog on show with the keyboard."""
        name = self.dialog(QFileDialog).findChild(QLineEdit)
        self.hand.click(name, times=3)
        self.hand.write(str(path))
        self.hand.press("Return")

    def pick(self, box: QComboBox, words: str) -> None:
        """Chooses an entry of a combo box."""
        self.hand.click(box)
        self.pick_shown(box, words)

    def pick_use(self, dialog: TableDialog, column: str, words: str) -> None:
        """Chooses what a column is used as, in its cell."""
        table = dialog.columns
        names = [line.column.name for line in table.columns.lines]
        cell = table.columns.index(names.index(column), KIND)
        self.hand.click(_spot(table, table.visualRect(cell).center()))
        self.pick_shown(table.viewport().findChildren(QComboBox)[-1], words)

    def pick_shown(self, box: QComboBox, words: str) -> None:
        view, entry = box.view(), box.model().index(box.findText(words), 0)
        self.qtbot.waitUntil(view.isVisible, timeout=LOAD_MS)
        self.hand.click(_spot(view, view.visualRect(entry).center()))
        self.hand.wait(200)

    def dialog(self, kind: type[D]) -> D:
        """The dialog of this kind on show."""
        found: list[D] = []

        def seen() -> bool:
            found[:] = [each for each in self.window.findChildren(kind) if each.isVisible()]
            return bool(found)

        self.qtbot.waitUntil(seen, timeout=LOAD_MS)
        self.hand.wait(200)
        return found[-1]


def _spot(view: QAbstractItemView, place: QPoint) -> QPoint:
    return view.viewport().mapToGlobal(place)


@pytest.fixture
def analyst(qtbot: QtBot, window: MainWindow, hand: Hand) -> Analyst:
    return Analyst(qtbot, window, hand)


# ── tables ──────────────────────────────────────────────────────────────────────────────────────


def customers(dice: random.Random, count: int, towns: Sequence[str]) -> list[list[object]]:
    """Customers who leave when they call often and are new; some values are missing."""
    rows: list[list[object]] = []
    for number in range(count):
        tenure, calls, plan = dice.randint(0, 72), dice.randint(0, 8), dice.randint(1, 3)
        leaves = calls - tenure / 12 + plan / 2 + dice.gauss(0, 1) > 1.5
        age = "" if number % 19 == 0 else dice.randint(18, 80)
        place = dice.choice(towns)
        rows.append([f"C{number:05}", "yes" if leaves else "no", age, place, plan, tenure, calls])
    return rows


CUSTOMER = ["customer", "leaves", "age", "town", "plan", "tenure", "calls"]


def write_customers(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([CUSTOMER, *rows])
    return path


def write_houses(path: Path, dice: random.Random, count: int) -> Path:
    """Prices far from 0, with decimal commas between semicolons."""
    lines = ["area;rooms;built;place;price"]
    for _ in range(count):
        area, built = dice.uniform(35, 200), dice.randint(1900, 2024)
        place = dice.choice(["town", "edge", "land"])
        factor = {"town": 1.3, "edge": 1.0, "land": 0.8}[place]
        price = 110_000 + area * 3_400 * factor + (built - 1900) * 500 + dice.gauss(0, 9_000)
        fields = f"{area:.1f}", str(round(area / 28) + 1), str(built), place, f"{price:.2f}"
        lines.append(";".join(each.replace(".", ",") for each in fields))
    path.write_text("\n".join(lines), "utf-8")
    return path


# ── the whole way ───────────────────────────────────────────────────────────────────────────────


def reopened_facts(analyst: Analyst, path: Path) -> DataFacts | None:
    """What another window knows of the rows, which are within the file."""
    second = app.create_window(path)
    analyst.qtbot.waitUntil(lambda: second.document.prepared is not None, timeout=LOAD_MS)
    facts = second.document.facts
    second.close()
    second.deleteLater()
    return facts


def say_what_leaves_is_told_by(analyst: Analyst, dialog: TableDialog) -> None:
    """Looks at what was found of the customers, and puts right what was guessed wrong."""
    analyst.pick(dialog.target.target_box, "leaves")
    analyst.qtbot.waitUntil(
        lambda: dialog.seen is not None and dialog.seen.recipe.target == "leaves", timeout=LOAD_MS
    )
    analyst.hand.wait(300)
    assert dialog.target.task_box.currentText() == "Classification (found)"
    assert dialog.target.split_summary.text() == "420 train · 60 val · 120 test"
    analyst.pick_use(dialog, "plan", "category")
    used = {line.column.name: line.column.kind for line in dialog.columns.columns.lines}
    assert used["plan"] == "category"
    assert used["customer"] == "ignore"
    missing = {line.column.name: line.missing for line in dialog.columns.columns.lines}
    assert missing["age"] == 32


def test_customers_are_told_apart(analyst: Analyst, tmp_path: Path) -> None:
    window, dice = analyst.window, random.Random(0)
    table = write_customers(tmp_path / "customers.csv", customers(dice, 600, ["Bonn", "Köln"]))
    dialog = analyst.open_table(table)
    say_what_leaves_is_told_by(analyst, dialog)
    analyst.build(dialog)

    facts = window.document.facts
    assert facts.feature_names == (
        "age", "town=Bonn", "town=Köln", "plan=1", "plan=2", "plan=3", "tenure", "calls",
    )  # fmt: skip
    assert window.document.walk.widths[window.document.project.design.order[-1]] == 1
    record = analyst.train()
    assert record.validation["accuracy"] > 0.75
    confusion = next(each for each in window.workbench.panels if isinstance(each, ConfusionPanel))
    assert confusion.isVisible()
    assert "validation accuracy" in window.status.score.text()
    assert "of 60" in window.status.score.text()

    new = customers(dice, 40, ["Bonn", "Köln"])
    new[3][3] = "Rom"
    predicting = analyst.predict(write_customers(tmp_path / "new.csv", new))
    said = " ".join(predicting.messages.sentences)
    assert "age: 3 missing" in said
    assert "town: 1 unknown" in said
    assert "'Rom', new.csv, line 5" in said
    rows = analyst.export(predicting, tmp_path / "out.csv")
    assert list(rows[0]) == ["prediction", "probability_no", "probability_yes"]
    right = [row["prediction"] == truth[1] for row, truth in zip(rows, new, strict=True)]
    assert np.mean(right) > 0.75

    analyst.save(tmp_path / "customers.h5")
    table.unlink()
    assert reopened_facts(analyst, tmp_path / "customers.h5") == facts


def test_prices_are_predicted_in_their_own_units(analyst: Analyst, tmp_path: Path) -> None:
    window, dice = analyst.window, random.Random(0)
    dialog = analyst.open_table(write_houses(tmp_path / "houses.csv", dice, 400))
    assert dialog.target.target_box.currentText() == "price"
    assert dialog.target.task_box.currentText() == "Regression (found)"
    assert any("decimal comma" in sentence for sentence in dialog.messages.sentences)
    analyst.build(dialog)
    record = analyst.train()
    assert 5_000 < record.validation["rmse"] < 90_000
    shown = f"{record.validation['rmse']:,.0f}"
    assert f"validation RMSE <b>{shown}</b>" in window.status.score.text()
    predicted = next(each for each in window.workbench.panels if isinstance(each, PredictedPanel))
    assert predicted.isVisible()
    history = window.document.trained.history if window.document.trained else ()
    kept = min(history, key=lambda each: each.validation["loss"])  # by early stopping
    said = f"RMSE {kept.validation['rmse']:,.0f}"
    analyst.qtbot.waitUntil(lambda: said in predicted.figures.text())
    assert "40 validation rows, in units of price" in predicted.reading.text()

    new = write_houses(tmp_path / "new.csv", dice, 30)
    rows = analyst.export(analyst.predict(new), tmp_path / "out.csv")
    assert list(rows[0]) == ["prediction"]
    values = np.array([float(row["prediction"]) for row in rows])
    truth = [
        float(line.split(";")[-1].replace(",", ".")) for line in new.read_text().split("\n")[1:]
    ]
    assert np.abs(values - truth).mean() < 60_000

    analyst.save(tmp_path / "houses.h5")
    model = engine.load(tmp_path / "houses.h5")
    assert model.predict(engine.data.read_table(new)).tolist() == values.tolist()
