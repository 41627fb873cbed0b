"""Settings outlive the program, and a damaged file only means the defaults."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from gui.settings import RECENT, Settings, data_folder, settings_folder


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"model {number}.h5" for number in range(RECENT + 2)]
    for path in paths:
        path.write_bytes(b"")
    return paths


def test_everything_lives_under_glasswork_home_where_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLASSWORK_HOME", str(tmp_path))
    assert settings_folder() == data_folder() == tmp_path
    Settings().theme = "dark"
    assert "dark" in (tmp_path / "settings.ini").read_text()


def test_otherwise_it_lives_in_the_platforms_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GLASSWORK_HOME", raising=False)
    assert settings_folder().name == data_folder().name == "glasswork"
    assert settings_folder().is_absolute()


def test_the_theme_is_remembered(tmp_path: Path) -> None:
    assert Settings(tmp_path).theme == "system"
    Settings(tmp_path).theme = "dark"
    assert Settings(tmp_path).theme == "dark"


def test_recent_files_come_latest_first_and_once_each(tmp_path: Path, files: list[Path]) -> None:
    for path in (files[0], files[1], files[0]):
        Settings(tmp_path).add_recent_file(path)
    assert Settings(tmp_path).recent_files == (files[0], files[1])


def test_one_recent_file_is_a_list_of_one(tmp_path: Path, files: list[Path]) -> None:
    Settings(tmp_path).add_recent_file(files[3])
    assert Settings(tmp_path).recent_files == (files[3],)


def test_old_recent_files_make_room(tmp_path: Path, files: list[Path]) -> None:
    settings = Settings(tmp_path)
    for path in files:
        settings.add_recent_file(path)
    assert settings.recent_files == tuple(reversed(files))[:RECENT]


def test_files_that_are_gone_are_passed_over_until_they_return(
    tmp_path: Path, files: list[Path]
) -> None:
    settings = Settings(tmp_path)
    settings.add_recent_file(files[0])
    settings.add_recent_file(files[1])
    files[1].unlink()
    assert settings.recent_files == (files[0],)
    files[1].write_bytes(b"")
    assert settings.recent_files == (files[1], files[0])


def test_recent_files_can_be_forgotten(tmp_path: Path, files: list[Path]) -> None:
    settings = Settings(tmp_path)
    settings.add_recent_file(files[0])
    settings.forget_recent_files()
    assert Settings(tmp_path).recent_files == ()


def test_the_window_is_remembered_byte_for_byte(tmp_path: Path) -> None:
    state = QByteArray(bytes(range(256)))
    assert Settings(tmp_path).window("docks") is None
    Settings(tmp_path).keep_window("docks", state)
    assert Settings(tmp_path).window("docks") == state
    Settings(tmp_path).forget_window()
    assert Settings(tmp_path).window("docks") is None


@pytest.mark.parametrize(
    "text", ["theme=@Invalid()\nrecent=7\n", "\0\1\2", "[General]\ntheme=pink\nrecent=@Invalid()\n"]
)
def test_a_damaged_file_reads_as_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.ini").write_text(text)
    settings = Settings(tmp_path)
    assert settings.theme == "system"
    assert settings.recent_files == ()
    assert settings.window("docks") is None
