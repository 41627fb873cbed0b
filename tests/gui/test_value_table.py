"""The table of values: sorted as values, chosen by row, copied as text."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.value_table import Column, ValueTable

ROWS = [["b", 2.0, 10], ["a", 10.0, None], ["c", 1.0, 9]]


@pytest.fixture
def table(qtbot: QtBot) -> ValueTable:
    columns = [Column("Class", editable=True), Column("Score"), Column("Rows", str)]
    made = ValueTable("Scores", columns, several=True)
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    made.show()
    return made


def shown(table: ValueTable) -> list[str]:
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_numbers_are_sorted_as_numbers(table: ValueTable) -> None:
    assert shown(table) == ["b", "a", "c"]
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["c", "b", "a"]
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert shown(table) == ["c", "b", "a"], "what is empty comes last"
    table.unsort()
    assert shown(table) == ["b", "a", "c"]


def test_a_row_is_known_by_the_number_under_which_it_was_given(table: ValueTable) -> None:
    chosen: list[int] = []
    table.row_chosen.connect(chosen.append)
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    table.selectRow(0)
    assert (chosen, table.chosen) == ([2], [2])
    table.choose([1])
    assert (chosen, table.chosen) == ([2], [1])


def test_a_choice_outlives_new_figures(table: ValueTable) -> None:
    table.selectRow(1)
    table.show_rows([["b", 3.0, 10], ["a", 11.0, 4], ["c", 2.0, 9]])
    assert table.chosen == [1]
    table.show_rows(ROWS[:1])
    assert shown(table) == ["b"]


def test_it_is_copied_as_it_is_sorted(table: ValueTable, qtbot: QtBot) -> None:
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[:2] == ["Class\tScore\tRows", "a\t10.0\t"]
    table.choose([2])
    assert table.text().split("\n")[1:] == ["c\t1.00\t9"]


def test_only_columns_that_say_so_can_be_edited(table: ValueTable) -> None:
    edits: list[tuple[int, int, str]] = []
    table.edited.connect(lambda *edit: edits.append(edit))
    model = table.model()
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    model.setData(model.index(0, 0), "better")
    model.setData(model.index(0, 0), "b")
    assert edits == [(0, 0, "better")]
