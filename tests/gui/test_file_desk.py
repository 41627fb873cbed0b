"""Files in the window: save, open, export, drop, and what is asked before work is lost."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from engine import files, layers, load, templates
from gui.dialogs.predict import PredictDialog
from gui.dialogs.table import TableDialog
from gui.document import State
from gui.main_window import MainWindow
from tests.gui.person import Person


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    lines = [f"{20 + row % 37},{'abc'[row % 3]},{'yes' if row % 2 else 'no'}" for row in range(80)]
    path.write_text("\n".join(["age,town,bought", *lines]))
    return path


def names(window: MainWindow) -> list[str]:
    return [node.name for node in window.document.project.design.nodes]


def begin_table(person: Person, window: MainWindow, path: Path) -> None:
    """Begins from a table, with all that is proposed for it."""
    window.open_path(path)
    dialog = person.dialog(TableDialog)
    person.until(dialog.build_button.isEnabled)
    dialog.build_button.click()
    person.until(lambda: window.document.project.name == path.stem)
    person.until(lambda: window.document.prepared is not None)


# ── saving and opening ──────────────────────────────────────────────────────────────────────


def test_what_is_saved_is_back_when_opened(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.h5"
    person.begin("iris", epochs=3)
    person.add(layers.Dropout(0.1))
    person.do("undo")
    person.train_to_the_end()
    person.save_to(path)
    assert person.notes[-1] == "Saved mine.h5."
    assert not window.document.modified
    saved = window.document.state
    person.begin("xor")
    assert window.document.path is None
    person.open(path)
    assert window.document.project == saved.project
    assert len(person.trained.history) == 3
    assert not window.document.modified
    assert window.pages.currentWidget() is window.workbench
    assert not window.commands["undo"].isEnabled()
    assert window.settings.recent_files == (path,)


def test_save_as_goes_on_with_the_other_file(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    person.save_to(tmp_path / "one.h5")
    person.save_to(tmp_path / "two", "save_as")
    assert window.document.path == tmp_path / "two.h5"
    assert (tmp_path / "one.h5").exists()
    assert window.settings.recent_files == (tmp_path / "two.h5", tmp_path / "one.h5")


def test_a_name_beside_the_last_file_is_proposed(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    person.save_to(tmp_path / "one.h5")
    person.do("save_copy")
    dialog = person.dialog(QFileDialog)
    assert dialog.selectedFiles() == [str(tmp_path / "one.h5")]
    dialog.reject()
    window.document.replace(State(templates.new("iris")))
    person.do("save")
    assert person.dialog(QFileDialog).selectedFiles() == [str(tmp_path / "iris.h5")]


def test_an_untrained_project_is_a_keras_model_too(person: Person, tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    person.begin("iris")
    person.save_to(tmp_path / "iris.h5")
    with h5py.File(tmp_path / "iris.h5") as file:
        assert "model_config" in file.attrs
        assert "model_weights" in file


def test_a_copy_without_data_leaves_the_table_out_and_the_document_alone(
    person: Person, window: MainWindow, tmp_path: Path, people: Path
) -> None:
    begin_table(person, window, people)
    person.save_to(tmp_path / "with.h5")
    person.save_to(tmp_path / "without.h5", "save_copy")
    assert person.notes[-1] == "Wrote without.h5."
    assert window.document.path == tmp_path / "with.h5"
    kept, left_out = (
        files.read(tmp_path / name).project.data for name in ("with.h5", "without.h5")
    )
    assert kept.source.content == people.read_bytes()
    assert left_out.source.content is None


def test_an_export_for_keras_is_no_project(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    h5py = pytest.importorskip("h5py")
    person.begin("iris", epochs=1)
    person.train_to_the_end()
    person.save_to(tmp_path / "iris-keras.h5", "export_keras")
    with h5py.File(tmp_path / "iris-keras.h5") as file:
        assert "glasswork" not in file
        assert "model_weights" in file
    assert window.document.path is None
    assert window.document.modified


def test_an_export_never_replaces_the_project(person: Person, tmp_path: Path) -> None:
    person.begin("iris", epochs=1)
    person.train_to_the_end()
    path = tmp_path / "iris.h5"
    person.save_to(path)
    before = path.read_bytes()
    person.window.files.export_keras()
    dialog = person.dialog(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    assert "holds the project itself" in person.question().informativeText()
    person.question().reject()
    assert path.read_bytes() == before


def test_other_data_leave_the_design_as_it_is(
    person: Person, window: MainWindow, people: Path
) -> None:
    person.begin("iris", epochs=1)
    design = window.document.project.design
    window.files.change_data()
    person.choose_file(people)
    dialog = person.dialog(TableDialog)
    person.until(dialog.build_button.isEnabled)
    assert dialog.build_button.text() == "Use this data"
    dialog.build_button.click()
    person.until(lambda: window.document.facts.name == "people")
    assert window.document.project.design is design
    assert window.document.undo_stack.undoText() == "Change data"


def test_the_file_predicts_what_the_window_learnt(person: Person, tmp_path: Path) -> None:
    person.begin("iris", epochs=3)
    trained = person.train_to_the_end()
    person.save_to(tmp_path / "iris.h5")
    model = load(tmp_path / "iris.h5")
    weights = model.trained.weights
    assert all(np.array_equal(weights[key], trained.weights[key]) for key in trained.weights)


# ── what goes wrong ─────────────────────────────────────────────────────────────────────────


def test_saving_where_no_file_can_be_says_so_and_loses_nothing(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("iris", epochs=1)
    person.save_to(tmp_path / "iris.h5")
    person.train_to_the_end()
    state = window.document.state
    window.document.mark_saved(tmp_path / "gone" / "iris.h5", files_state(tmp_path))
    person.do("save")
    box = person.question()
    assert box.text() == "Not saved."
    assert str(tmp_path / "gone") in box.informativeText()
    assert "Traceback" not in box.informativeText()
    assert window.document.state is state
    assert window.document.modified
    assert files.read(tmp_path / "iris.h5").trained is None
    box.buttons()[0].click()


def files_state(folder: Path) -> State:
    opened = files.read(folder / "iris.h5")
    return State(opened.project, opened.trained)


def test_a_file_that_cannot_be_opened_leaves_the_document_alone(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    state = window.document.state
    path = tmp_path / "broken.h5"
    path.write_text("not a model")
    window.open_path(path)
    box = person.question()
    assert box.text() == "broken.h5 was not opened."
    assert "not an HDF5 file" in box.informativeText()
    assert window.document.state is state
    assert window.status.note.text() == ""
    box.buttons()[0].click()


def test_edits_made_while_a_file_is_read_are_asked_about(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "one.h5"
    files.save(path, templates.new("iris"))
    person.begin("xor")
    window.open_path(path)
    person.add(layers.Dropout())
    person.answer("Cancel")
    assert window.document.project.name == "xor"
    assert "dropout_1" in names(window)


# ── leaving ─────────────────────────────────────────────────────────────────────────────────


def test_a_document_without_changes_is_left_without_a_question(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    person.begin("iris")
    assert window.document.project.name == "iris"
    assert person.dialogs(QMessageBox) == []


@pytest.mark.parametrize(("words", "name"), [("Discard", "iris"), ("Cancel", "xor")])
def test_changes_are_discarded_or_kept_as_the_person_says(
    person: Person, window: MainWindow, words: str, name: str
) -> None:
    person.begin("xor")
    person.add(layers.Dropout())
    window.files.begin_template("iris")
    assert person.question().text() == "Save the changes to xor?"
    person.answer(words)
    assert window.document.project.name == name


def test_changes_are_saved_before_the_document_is_left(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    person.add(layers.Dropout())
    window.files.begin_template("iris")
    person.answer("Save")
    person.choose_file(tmp_path / "xor.h5")
    person.until(lambda: window.document.project.name == "iris")
    assert files.read(tmp_path / "xor.h5").project.design.nodes[-1].name == "dropout_1"


def test_training_is_asked_about_before_it_is_left(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.train_for_long()
    window.files.begin_template("iris")
    person.answer("Go on training")
    assert window.training.state == "running"
    window.files.begin_template("iris")
    person.answer("Stop training")
    person.until_idle()
    assert person.trained.history
    person.answer("Discard")
    assert window.document.project.name == "iris"
    assert window.document.trained is None


def test_closing_asks_stops_and_ends_cleanly(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    person.train_for_long()
    window.close()
    assert window.isVisible()
    person.answer("Stop training")
    person.answer("Cancel")
    assert window.isVisible()
    window.close()
    person.answer("Discard")
    person.until(lambda: not window.isVisible())
    assert window.runner.state == "idle"


def test_a_window_without_changes_closes_at_once(window: MainWindow) -> None:
    assert window.close()
    assert not window.isVisible()


# ── tables, predictions, and files dropped on the window ────────────────────────────────────


def test_a_table_becomes_a_project_that_trains(
    person: Person, window: MainWindow, people: Path
) -> None:
    begin_table(person, window, people)
    assert window.pages.currentWidget() is window.workbench
    person.change_training(epochs=2)
    assert "accuracy" in person.train_to_the_end().history[-1].training


def test_a_table_is_chosen_in_a_dialog(person: Person, window: MainWindow, people: Path) -> None:
    person.do("open_table")
    person.choose_file(people)
    assert person.dialog(TableDialog).title.text() == "people.csv"
    person.dialog(TableDialog).reject()


def test_a_model_is_chosen_in_a_dialog(person: Person, window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "one.h5"
    files.save(path, templates.new("xor"))
    person.do("open")
    person.choose_file(path)
    person.until(lambda: window.document.path == path)


def drop(window: MainWindow, path: Path) -> None:
    """Lets go of a file over the middle of the canvas, as the desktop tells it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    page = window.pages.currentWidget()
    over = window.canvas.view.viewport() if page is window.workbench else page
    held = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), *held)
    QApplication.sendEvent(over, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), *held))


def test_a_model_dropped_on_the_window_is_opened(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "one.h5"
    files.save(path, templates.new("iris"))
    drop(window, path)
    person.until(lambda: window.document.path == path)
    other = tmp_path / "two.h5"
    files.save(other, templates.new("xor"))
    drop(window, other)
    person.until(lambda: window.document.path == other)


def test_a_table_dropped_on_the_window_is_looked_at(
    person: Person, window: MainWindow, people: Path
) -> None:
    drop(window, people)
    dialog = person.dialog(TableDialog)
    person.until(dialog.build_button.isEnabled)
    dialog.reject()
    assert window.pages.currentWidget() is window.welcome


def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("words")
    held = Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), *held)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(50, 50), *held))
    assert window.document.project.data is None


def test_rows_of_a_file_are_predicted_with_the_newest_weights(
    person: Person, window: MainWindow, people: Path
) -> None:
    begin_table(person, window, people)
    window.files.predict()
    assert "Train first" in person.notes[-1]
    person.change_training(epochs=1)
    person.train_to_the_end()
    person.do("predict")
    person.dialog(PredictDialog).reject()
