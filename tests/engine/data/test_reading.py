"""The structure of delimited text, against Python's csv; and how numbers and names are found."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.reading import Reading, read_content
from engine.data.reading.dialect import sniff_delimiter
from engine.data.reading.names import column_names
from engine.data.reading.records import records_of, walked_split_points
from engine.errors import DataError

CELLS = st.text(st.sampled_from('ab1 ,;"\n'), max_size=6)


@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=8))
def test_records_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    data = stream.getvalue().encode().rstrip(b"\n")
    records = records_of(data, ",")
    assert records.unclosed == 0
    assert records.counts.tolist() == [len(row) for row in rows]
    assert [records.fields(n) for n in range(len(rows))] == [
        [cell.strip() for cell in row] for row in rows
    ]
    lines = [1 + data.count(b"\n", 0, start) for start in records.starts]
    assert records.lines.tolist() == lines
    breaks, separators, opened = walked_split_points(data, ",")
    assert opened is None
    assert breaks.tolist() == (records.starts[1:] - 1).tolist()
    assert len(separators) == sum(len(row) - 1 for row in rows)


@given(text=st.text(st.sampled_from('a1,"\n '), max_size=30))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        table, _ = read_content(text.encode(), "any.csv")
        lengths = {len(column) for column in table.columns}
        said = "cannot open any.csv: "
    except DataError as error:
        lengths, said = {1}, str(error)
    assert len(lengths) == 1
    assert said.startswith("cannot open any.csv: ")
    assert "\n" not in said


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    rows = [["name", "size"], ["a,b" if delimiter != "," else "ab", "1"], ["c", "2"]]
    text = "\n".join(delimiter.join(row) for row in rows)
    assert sniff_delimiter(text.encode()) == delimiter
    table, _ = read_content(text.encode(), "t.csv")
    assert table.names == ("name", "size")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2019,2020,kind\n1,2,a\n", ("2019", "2020", "kind")),
        ("a,b\nx,y\n", ("a", "b")),
        ("5.1,3.5,setosa\n4.9,3.0,setosa\n", ("column_1", "column_2", "column_3")),
        ("size\n1\n2\n", ("size",)),
    ],
)
def test_a_header_is_told_from_data(text: str, names: tuple[str, ...]) -> None:
    if text.startswith("2019"):
        assert read_content(text.encode(), "t.csv", Reading(header="yes"))[0].names == names
    else:
        assert read_content(text.encode(), "t.csv")[0].names == names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a,b\n"1,234",x\n"2,345",y\n', 1234.0),
        ('a,b\n"3,14",x\n"2,7",y\n', 3.14),
        ("a;b\n1,234;x\n0,5;y\n", 1.234),
        ("a;b\n1 234,5;x\n12,5;y\n", 1234.5),
        ("a,b\n 1.5 ,x\n2,y\n", 1.5),
        ("a,b\n1e3,x\n2,y\n", 1000.0),
        ("a,b\n1e20,x\n,y\n", 1e20),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, value: float) -> None:
    column = read_content(text.encode(), "t.csv")[0].column("a")
    assert column.dtype == np.float64
    assert column[0] == value


def test_dates_are_no_numbers_with_thousands() -> None:
    table, _ = read_content(b"when;x\n01.02.2020;1,5\n02.02.2020;2,5\n", "t.csv")
    assert table.column("when").tolist() == ["01.02.2020", "02.02.2020"]


def test_old_line_ends_and_marks_are_understood() -> None:
    for text in (b"a,b\r1,2\r", b"\xef\xbb\xbfa,b\r\n1,2\r\n", b"a,b\n1,2\x1a"):
        table, notes = read_content(text, "t.csv")
        assert table.names == ("a", "b")
        assert notes == ()
        assert table.column("b").tolist() == [2]


def test_made_up_names_never_meet_given_ones() -> None:
    names, notes = column_names(["x", "x", "x_2", "", "column_4"], 5)
    assert len(set(names)) == 5
    assert len(notes) >= 2
