"""Recovery copies: kept while something is unsaved, removed with it, offered after a crash."""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine import layers
from gui import app, recovery, recovery_bar
from gui.file_lock import FileLock
from gui.main_window import MainWindow
from gui.recovery_copy import ABOUT, COPY, About, RecoveryCopy, left_behind
from gui.settings import data_folder
from tests.gui.conftest import close
from tests.gui.person import Person


@pytest.fixture(autouse=True)
def quick(window: MainWindow) -> None:
    window.settings.autosave_seconds = 1


@pytest.fixture
def second(qtbot: QtBot) -> Iterator[list[MainWindow]]:
    """Further windows, to be closed at the end."""
    made: list[MainWindow] = []
    yield made
    for window in made:
        close(window)


def copies() -> list[Path]:
    return list((data_folder() / "recovery").glob(f"*/{COPY}"))


def crash(person: Person) -> Path:
    """What a crash of the window leaves: its copies, without the locks that it held."""
    person.until(lambda: bool(copies()) and person.window.recovery._job is None)
    kept, folder = copies()[0].parent, data_folder() / "recovery"
    shutil.copytree(kept, folder / "crashed")
    return folder / "crashed"


def start(person: Person, windows: list[MainWindow]) -> Person:
    """Somebody at a window of the next start."""
    windows.append(app.create_window())
    windows[-1].complete()
    windows[-1].show()
    return Person(person.qtbot, windows[-1])


# ── keeping ─────────────────────────────────────────────────────────────────────────────────


def test_an_edit_is_kept_aside_and_removed_once_saved(
    person: Person, window: MainWindow, tmp_path: Path
) -> None:
    person.begin("xor")
    assert copies() == []
    person.add(layers.Dropout(0.25))
    person.until(lambda: bool(copies()))
    kept = RecoveryCopy(copies()[0].parent)
    assert kept.read().project == window.document.project
    assert kept.about == About(window.document.project.name)
    person.save_to(tmp_path / "mine.h5")
    assert list((data_folder() / "recovery").iterdir()) == []


def test_many_edits_in_a_row_do_not_put_the_copy_off(person: Person, window: MainWindow) -> None:
    person.begin("xor")
    until = time.monotonic() + 2.5
    while not copies():
        assert time.monotonic() < until + 5
        person.change_training(seed=window.document.project.training.seed + 1)
        person.qtbot.wait(50)


def test_nothing_is_left_of_what_is_discarded_undone_or_closed(
    person: Person, window: MainWindow
) -> None:
    person.begin("xor")
    person.add(layers.Dropout(0.25))
    person.until(lambda: bool(copies()))
    person.do("undo")
    assert copies() == []
    person.add(layers.Dropout(0.5))
    person.until(lambda: bool(copies()))
    window.files.begin_template("moons")
    person.answer("Discard")
    assert copies() == []
    person.add(layers.Dropout(0.5))
    person.until(lambda: bool(copies()))
    window.close()
    person.answer("Discard")
    assert copies() == []


def test_a_run_is_kept_aside_at_its_checkpoints(
    person: Person, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "CHECKPOINT_SECONDS", 0.2)
    monkeypatch.setattr(recovery, "SHARE", 1.0)
    person.begin("iris")
    person.train_for_long()
    person.until(lambda: _epochs_kept() > 0)
    first = _epochs_kept()
    person.until(lambda: _epochs_kept() > first)
    assert window.training.state == "running"
    window.training.stop()
    person.until_idle()


def _epochs_kept() -> int:
    for path in copies():
        trained = RecoveryCopy(path.parent).read().trained
        return len(trained.history) if trained else 0
    return 0


def test_a_disk_that_takes_nothing_is_told_of_once(
    person: Person, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data_folder()).mkdir(exist_ok=True)
    (data_folder() / "recovery").write_text("in the way")
    person.begin("xor")
    for rate in (0.25, 0.5):
        person.add(layers.Dropout(rate))
        person.qtbot.wait(1300)
    told = [note for note in person.notes if "kept aside" in note]
    assert told == ["What is not saved could not be kept aside: File exists."] or (
        told == ["What is not saved could not be kept aside: Not a directory."]
    )


# ── offering ────────────────────────────────────────────────────────────────────────────────


def test_a_window_that_lives_is_never_offered(
    person: Person, window: MainWindow, second: list[MainWindow]
) -> None:
    person.begin("xor")
    person.add(layers.Dropout(0.25))
    person.until(lambda: bool(copies()))
    start(person, second)
    assert second[0].recovery_bar.isHidden()
    assert left_behind(data_folder() / "recovery") == []


def test_what_a_crash_left_is_offered_restored_and_removed_once_saved(
    person: Person, window: MainWindow, second: list[MainWindow], tmp_path: Path
) -> None:
    path = tmp_path / "mine.h5"
    person.begin("iris", epochs=2)
    person.train_to_the_end()
    person.save_to(path)
    person.add(layers.Dropout(0.25))
    lost = window.document.project
    folder = crash(person)
    other = start(person, second)
    bar = second[0].recovery_bar
    assert bar.words.text().startswith("mine.h5 was not saved when Glasswork ended: as of ")
    assert bar.restore.accessibleName().startswith("Restore: mine.h5")
    bar.restore.click()
    document = second[0].document
    other.until(lambda: document.project == lost)
    assert bar.isHidden()
    assert document.modified
    assert document.path == path
    assert document.trained is not None
    assert second[0].pages.currentWidget() is second[0].workbench
    assert folder.exists()
    other.save()
    assert not folder.exists()


def test_a_copy_is_offered_to_one_window_and_stays_until_somebody_decides(
    person: Person, window: MainWindow, second: list[MainWindow]
) -> None:
    person.begin("xor")
    person.add(layers.Dropout(0.25))
    folder = crash(person)
    start(person, second)
    start(person, second)
    first, other = second
    assert not first.recovery_bar.isHidden()
    assert other.recovery_bar.isHidden()
    first.close()
    start(person, second)
    assert second[2].recovery_bar.words.text().startswith(window.document.project.name)
    second[2].recovery_bar.discard.click()
    assert second[2].recovery_bar.isHidden()
    assert not folder.exists()


def test_a_damaged_copy_is_said_to_be_one_and_can_be_discarded(
    person: Person, window: MainWindow, second: list[MainWindow]
) -> None:
    person.begin("xor")
    person.add(layers.Dropout(0.25))
    folder = crash(person)
    (folder / COPY).write_bytes((folder / COPY).read_bytes()[:900])
    (folder / ABOUT).write_text("{")
    other = start(person, second)
    bar = second[0].recovery_bar
    assert bar.words.text().startswith("a project was not saved")
    bar.restore.click()
    assert "Not restored" in other.question().text()
    other.question().close()
    bar.discard.click()
    assert not folder.exists()


# ── on disk ─────────────────────────────────────────────────────────────────────────────────


def test_folders_without_a_copy_are_cleared_away_once_they_are_old(tmp_path: Path) -> None:
    folder = tmp_path / "recovery"
    for name in ("new", "old"):
        (folder / name).mkdir(parents=True)
    os.utime(folder / "old", (0, 0))
    assert left_behind(folder) == []
    assert [each.name for each in folder.iterdir()] == ["new"]
    assert left_behind(tmp_path / "none") == []


def test_a_lock_has_one_holder(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.take()
    assert not second.take()
    first.let_go()
    assert second.take()
    second.let_go()
    assert not FileLock(tmp_path / "none" / "lock").take()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "less than a minute ago"),
        (70, "1 minute ago"),
        (3_599, "59 minutes ago"),
        (7_300, "2 hours ago"),
        (86_400, "1 day ago"),
    ],
)
def test_the_age_of_a_copy_in_words(seconds: float, words: str) -> None:
    assert recovery_bar.age(seconds) == words
