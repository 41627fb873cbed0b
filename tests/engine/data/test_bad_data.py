"""Bad data, case by case of the specification: one sentence, with the words that help."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from engine.data import Column, DataRecipe, Prepared, SplitRecipe, load_dataset, prepare, source_for
from engine.errors import DataError

ROWS = "".join(f"{n}.5,{n % 3},{'ab'[n % 2]}\n" for n in range(20))


@dataclass(frozen=True)
class Case:
    name: str
    content: bytes
    words: tuple[str, ...]
    file: str = "data.csv"
    target: str = ""


def text(value: str, encoding: str = "utf-8") -> bytes:
    return value.encode(encoding)


def workbook(rows: list[list[str | float]]) -> bytes:
    """A minimal .xlsx with inline strings."""

    def cell(value: str | float) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>' if value else "<c/>"
        return f"<c><v>{value}</v></c>"

    lines = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Flowers" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData>'
        "</worksheet>",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return stream.getvalue()


def arrays(**named: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **named)  # pyright: ignore[reportArgumentType]
    return stream.getvalue()


def sheet_rows() -> list[list[str | float]]:
    return [["x", "y", "label"], *([n + 0.5, float(n % 3), "ab"[n % 2]] for n in range(20))]


REFUSED = (
    Case("30 empty", b"", ("empty",)),
    Case("30 only blank lines", b"\n \n\n", ("empty",)),
    Case("31 header only", b"a,b,c\n", ("no rows",)),
    Case("31 header only in a workbook", workbook([["a", "b"]]), ("no rows",)),
    Case("32 short row", b"a,b,c\n1,2,3\n1,2\n", ("data.csv", "line 3 has 2 fields, expected 3")),
    Case("32 long row", b"a,b\n1,2\n\n1,2,3\n", ("line 4 has 3 fields, expected 2",)),
    Case("32 after a quoted break", b'a,b\n"x\ny",2\n5\n', ("line 4 has 1 field, expected 2",)),
    Case("33 unclosed quote", b'a,b\n1,x\n2,"y\n3,z\n', ("line 3", "quote", "never closed")),
    Case("34 NUL bytes", b"a,b\n1,2\n3,\x004\n", ("line 3", "NUL")),
    Case(
        "36 text in a numeric column",
        text("x,y,label\n" + ROWS.replace("\n7.5,", "\nabc,")),
        ("data.csv", "line 9", "column x", "'abc'", "not a number"),
    ),
    Case(
        "36 text in a numeric target",
        text("x,y\n" + "".join(f"{n},{n / 7}\n" for n in range(30)) + "1,oops\n"),
        ("line 32", "column y", "'oops'"),
    ),
    Case("37 inf", text("x,y,label\n" + ROWS.replace("\n3.5,", "\ninf,")), ("line 5", "x", "inf")),
    Case("37 1e400", text("x,y,label\n" + ROWS.replace("\n3.5,", "\n1e400,")), ("line 5", "1e400")),
    Case(
        "39 missing labels", text("x,label\n1,a\n2,\n3,b\n4,\n"), ("2 of 4 rows", "label", "line 3")
    ),
    Case("40 empty column", text("x,gap,label\n1,,a\n2,,b\n3,,a\n"), ("gap", "empty")),
    Case(
        "47 integers beyond 2^53",
        text("x,big,label\n" + "".join(f"{n},{2**53 + 1 + n},{'ab'[n % 2]}\n" for n in range(20))),
        ("line 2", "big", "precision", "9007199254740993"),
    ),
    Case(
        "47 beside missing values",
        text("x,big,label\n1,,a\n2,9007199254740993,b\n3,1,a\n4,2,b\n"),
        ("line 3", "precision"),
    ),
    Case("48 one class", text("x,label\n" + "1,a\n2,a\n" * 5), ("one class only", "a")),
    Case("49 a rare class", text("x,y,label\n" + ROWS + "1,2,c\n"), ("'c'", "rare", "stratif")),
    Case(
        "50 objects in an NPZ",
        arrays(X=np.array([[1, "a"]], dtype=object), y=np.zeros(1)),
        ("data.npz", "X", "pickle", "refused"),
        file="data.npz",
    ),
    Case("50 a pickle named .npy", b"\x80\x04K\x01.", ("pickle", "refused"), file="data.npy"),
    Case(
        "51 lengths that differ",
        arrays(X=np.zeros((7, 2)), y=np.zeros(5)),
        ("7", "5"),
        file="data.npz",
    ),
    Case("no such array", arrays(a=np.zeros(2), b=np.zeros(2)), ("'X'", "a, b"), file="d.npz"),
    Case("arrays cut off", arrays(X=np.zeros((9, 2)))[:150], ("damaged",), file="d.npz"),
    Case("no array at all", b"hello", ("not an array",), file="d.npy"),
    Case("a damaged workbook", workbook(sheet_rows())[:900] + b"xl/", ("damaged",), "d.xlsx"),
    Case("55 an empty split", text("x,label\n1,a\n2,b\n"), ("training part is empty", "2 rows")),
    Case("no such target", text("x,y\n1,2\n"), ("'z'", "x, y"), target="z"),
    Case("nothing to learn from", text("name,label\nu,a\nv,b\nw,a\n"), ("no column is left",)),
)

NOTED = (
    Case("35 a workbook named .csv", workbook(sheet_rows()), ("Excel workbook", "Flowers")),
    Case(
        "38 missing values",
        text("x,y,label\n" + ROWS.replace("\n7.5,", "\n,").replace("\n9.5,", "\nNA,")),
        ("x (2)", "mean", "median", "most frequent", "0"),
    ),
    Case(
        "41 constant",
        text("k,x,label\n" + "".join(f"7,{n},{'ab'[n % 2]}\n" for n in range(20))),
        ("k (always 7)", "constant"),
    ),
    Case(
        "42 duplicate headers",
        text("x,x,label\n" + ROWS),
        ("2 columns are named x", "column 2 is now x_2"),
    ),
    Case("a header without a name", text("x,,label\n" + ROWS), ("column 2", "column_2")),
    Case("43 no header", text(ROWS), ("no header", "row 1 was taken as data")),
    Case("44 UTF-16", text("x,y,label\n" + ROWS, "utf-16"), ("UTF-16",)),
    Case("44 UTF-16 without a mark", text("x,y,label\n" + ROWS, "utf-16-le"), ("UTF-16",)),
    Case("44 UTF-16, big end first", text("x,y,label\n" + ROWS, "utf-16-be"), ("UTF-16",)),
    Case("44 cp1252", text("x,y,größe\n" + ROWS, "cp1252"), ("cp1252",)),
    Case(
        "45 decimal comma",
        text("x;y;label\n" + ROWS.replace(",", ";").replace(".5", ",5")),
        ("0,5 was read as 0.5", "decimal comma"),
    ),
    Case(
        "46 thousands separators",
        text("x,y,label\n" + "".join(f'"{n + 1},234.5",{n},{"ab"[n % 2]}\n' for n in range(20))),
        ("1,234.5 was read as 1234.5", "thousands"),
    ),
    Case(
        "46 with points",
        text("x;y;label\n" + "".join(f"{n + 1}.234,5;{n};{'ab'[n % 2]}\n" for n in range(20))),
        ("1.234,5 was read as 1234.5",),
    ),
    Case(
        "a column that counts the rows",
        text("id,x,label\n" + "".join(f"{n},{n % 7},{'ab'[n % 2]}\n" for n in range(20))),
        ("id", "counts the rows"),
    ),
    Case(
        "free text",
        text("name,x,label\n" + "".join(f"n{n},{n % 7},{'ab'[n % 2]}\n" for n in range(20))),
        ("name", "20 different values"),
    ),
    Case(
        "numbers among categories",
        text(
            "k,label\n" + "".join(f"{('1', '2', '3+')[n % 3]},{'ab'[n % 2]}\n" for n in range(30))
        ),
        ("k", "used as a category"),
    ),
)


def prepared(case: Case, folder: Path, recipe_split: SplitRecipe | None = None) -> Prepared:
    path = folder / case.file
    path.write_bytes(case.content)
    recipe = DataRecipe(
        source=source_for(path), target=case.target, split=recipe_split or SplitRecipe()
    )
    return prepare(load_dataset(recipe), recipe)


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_is_refused_in_one_sentence(case: Case, tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        prepared(case, tmp_path)
    said = str(error.value)
    assert "\n" not in said
    assert all(word in said for word in case.words), said


@pytest.mark.parametrize("case", NOTED, ids=lambda case: case.name)
def test_is_read_and_said(case: Case, tmp_path: Path) -> None:
    facts = prepared(case, tmp_path).facts
    assert facts.rows in (20, 30)
    assert facts.classes == ("a", "b")
    assert all(any(word in note for note in facts.notes) for word in case.words), facts.notes


def test_a_rare_class_is_taken_without_stratifying(tmp_path: Path) -> None:
    case = next(case for case in REFUSED if case.name.startswith("49"))
    assert prepared(case, tmp_path, SplitRecipe(stratify=False)).facts.class_counts == (10, 10, 1)
    assert prepared(case, tmp_path, SplitRecipe(validation=0, test=0)).facts.split == (21, 0, 0)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("36 text in a numeric column", Column(name="x", kind="category")),
        ("36 text in a numeric column", Column(name="x", kind="ignore")),
        ("40 empty column", Column(name="gap", kind="ignore")),
        ("47 integers beyond 2^53", Column(name="big", kind="category")),
    ],
)
def test_what_the_sentence_advises_works(name: str, column: Column, tmp_path: Path) -> None:
    case = next(case for case in REFUSED if case.name == name)
    path = tmp_path / case.file
    path.write_bytes(case.content)
    split = SplitRecipe(validation=0, test=0)
    recipe = DataRecipe(source=source_for(path), columns=(column,), split=split)
    assert np.isfinite(prepare(load_dataset(recipe), recipe).X).all()


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"there is no file .*none\.csv"):
        source_for(tmp_path / "none.csv")
    with pytest.raises(DataError, match="not a regular file"):
        source_for(tmp_path)


def test_a_file_that_has_changed_or_gone(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(text("x,y,label\n" + ROWS))
    source = source_for(path).edited(content=None)
    recipe = DataRecipe(source=source)
    assert load_dataset(recipe).features.rows == 20
    path.write_bytes(text("x,y,label\n" + ROWS + ROWS))
    with pytest.raises(DataError, match="has changed"):
        load_dataset(recipe)
    path.unlink()
    with pytest.raises(DataError, match="there is no file"):
        load_dataset(recipe)
