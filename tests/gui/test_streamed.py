"""Files that are read while training, in the window: opened, looked at, trained on, found again."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from gui.data_files import data_files, is_table
from gui.dialogs.predict import PredictDialog
from gui.dialogs.table import TableDialog
from gui.panels.data import DataPanel
from tests.engine.helpers.streamed import (
    images,
    rows_of,
    write_hdf5,
    write_idx,
    write_mnist,
    write_npy,
)
from tests.gui.person import Person


def look_at(person: Person, path: Path) -> TableDialog:
    """Opens a file of data, and waits until it has been looked at."""
    person.window.open_path(path)
    dialog = person.dialog(TableDialog)
    person.until(lambda: not dialog.progress.isVisible())
    return dialog


def build(person: Person, dialog: TableDialog) -> None:
    dialog.build()
    person.until(lambda: person.window.document.prepared is not None)


def data_panel(person: Person) -> DataPanel:
    return next(each for each in person.window.workbench.panels if isinstance(each, DataPanel))


def choose(dialog: TableDialog, box: QComboBox, text: str) -> None:
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_images_are_shown_as_pictures_and_trained_on(person: Person, tmp_path: Path) -> None:
    path = write_mnist(tmp_path, ".gz", test=True)
    dialog = look_at(person, path)
    assert dialog.counts.text() == "84 rows · 21 columns, 20 of them used as input"
    assert dialog.pictures.isVisible()
    assert not dialog.preview.isVisible()
    assert dialog.pictures.grab().toImage().pixelColor(2, 2).value() < 255
    assert any("stay in train-images-idx3-ubyte.gz" in each for each in dialog.messages.sentences)
    assert any("are the test part" in each for each in dialog.messages.sentences)
    assert dialog.target.split_summary.text() == "54 train · 6 val · 24 test"
    assert not dialog.target.form.editor("test").isEnabled()
    assert not dialog.target.features_box.isVisible()
    build(person, dialog)
    panel = data_panel(person)
    assert "does not contain it" in panel.place.text()
    assert not panel.form.editor("test").isEnabled()
    person.change_training(epochs=3)
    assert person.train_to_the_end().progress.epoch == 3


def test_what_is_seen_are_the_rows_of_the_file(person: Person, tmp_path: Path) -> None:
    X, y = rows_of(300)
    dialog = look_at(person, write_npy(tmp_path, X, y))
    model = dialog.preview.rows
    assert dialog.preview.isVisible()
    shown = [float(model.index(row, 1).data()) for row in range(model.rowCount())]
    np.testing.assert_allclose(shown, X[:200, 1], rtol=1e-3)
    assert dialog.target.summary.text().startswith("3 classes")


def test_data_sets_can_be_chosen(person: Person, tmp_path: Path) -> None:
    X, y = rows_of(300)
    path = write_hdf5(tmp_path / "d.h5", big=np.ones((300, 9)), small=X, c=y, d=X[:, 0] * 1.5)
    dialog = look_at(person, path)
    target = dialog.target
    assert (target.features_box.currentText(), target.target_box.currentText()) == ("big", "c")
    choose(dialog, target.features_box, "small")
    person.until(lambda: not dialog.progress.isVisible())
    assert dialog.counts.text().startswith("300 rows · 7 columns")
    choose(dialog, target.target_box, "d")
    person.until(lambda: not dialog.progress.isVisible())
    assert target.target_box.currentText() == "d"
    assert target.features_box.currentText() == "small"
    assert target.summary.text().startswith("numbers from")
    build(person, dialog)
    assert person.window.document.facts.task == "regression"


def test_the_last_column_may_be_the_target(person: Person, tmp_path: Path) -> None:
    X, y = rows_of(300)
    dialog = look_at(person, write_npy(tmp_path, X, y))
    assert dialog.target.target_box.currentText() == "y.npy"
    choose(dialog, dialog.target.target_box, "the last column")
    person.until(lambda: not dialog.progress.isVisible())
    assert dialog.counts.text().startswith("300 rows · 6 columns")
    assert dialog.target.target_box.currentText() == "the last column"


def test_a_model_and_data_in_hdf5_are_told_apart(person: Person, tmp_path: Path) -> None:
    person.begin("xor")
    person.save_to(tmp_path / "model.h5")
    person.open(tmp_path / "model.h5")
    person.window.files.open_table_file(tmp_path / "model.h5")
    dialog = person.dialog(TableDialog)
    person.until(lambda: not dialog.progress.isVisible())
    assert "it holds a model, not rows of data" in dialog.messages.sentences[0]
    dialog.reject()
    with h5py.File(tmp_path / "empty.h5", "w") as file:
        file.attrs["note"] = "nothing"
    person.window.open_path(tmp_path / "empty.h5")
    assert "empty.h5 was not opened" in person.question().text()
    person.answer("OK")


def test_a_damaged_file_says_why_in_the_dialog(person: Person, tmp_path: Path) -> None:
    path = write_mnist(tmp_path, ".gz")
    path.write_bytes(path.read_bytes()[:-20])
    dialog = look_at(person, path)
    (sentence,) = dialog.messages.sentences
    assert "incomplete" in sentence
    dialog.reject()


def test_closing_the_dialog_ends_the_unpacking(person: Person, tmp_path: Path) -> None:
    person.window.open_path(write_mnist(tmp_path, ".gz"))
    dialog = person.dialog(TableDialog)
    dialog.reject()
    person.until(lambda: not person.dialogs(TableDialog))
    assert person.window.document.prepared is None


def test_images_that_have_moved_are_asked_for(person: Person, tmp_path: Path) -> None:
    folder, away = tmp_path / "here", tmp_path / "away"
    folder.mkdir()
    build(person, look_at(person, write_mnist(folder, test=True)))
    person.save_to(tmp_path / "model.h5")
    folder.rename(away)
    person.window.open_path(tmp_path / "model.h5")
    assert "there is no file" in person.question().informativeText()
    person.answer("Choose the file…")
    person.choose_file(away / "train-images-idx3-ubyte")
    person.until(lambda: person.window.document.prepared is not None)
    assert person.window.document.facts.split == (54, 6, 24)


def test_images_that_change_while_training_end_it(person: Person, tmp_path: Path) -> None:
    path = write_mnist(tmp_path)
    build(person, look_at(person, path))
    write_idx(path, images(60, 9)[0])
    person.do("train")
    person.until_idle()
    assert any("has changed since it was chosen" in note for note in person.notes)


def test_all_images_of_a_file_are_predicted_and_exported(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.dialogs.predict.ROWS", 10)
    path = write_mnist(tmp_path, test=True)
    build(person, look_at(person, path))
    person.change_training(epochs=2)
    person.train_to_the_end()
    person.do("predict")
    dialog = person.dialog(PredictDialog)
    dialog.open_file(tmp_path / "t10k-images-idx3-ubyte")
    person.until(lambda: not dialog.progress.isVisible())
    assert dialog.title.text() == "24 predictions"
    assert "the first 10 are shown" in dialog.counts.text()
    assert dialog.predictions is not None
    assert len(dialog.predictions.values) == 10
    dialog.export_to(tmp_path / "out.csv")
    person.until(lambda: not dialog.progress.isVisible())
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 25
    assert "24 predictions" in dialog.messages.sentences[0]
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("train-images-idx3-ubyte", True),
        ("train-images.idx3-ubyte.gz", True),
        ("rows.npy", True),
        ("model.h5", False),
    ],
)
def test_files_are_known_by_their_names(name: str, table: bool) -> None:
    assert is_table(Path(name)) == table


def test_the_file_dialog_lists_them() -> None:
    for pattern in ("*.npy", "*.h5", "*.hdf5", "*ubyte", "*ubyte.gz"):
        assert pattern in data_files()


def test_pictures_that_do_not_fit_are_left_out(person: Person, tmp_path: Path) -> None:
    dialog = look_at(person, write_mnist(tmp_path))
    dialog.pictures.resize(130, 80)
    picture = dialog.pictures.grab().toImage()
    assert picture.width() == 130
    assert dialog.pictures.focusPolicy() == Qt.FocusPolicy.NoFocus
    dialog.reject()
