"""Blocks of one's own: kept as files that a person can read, in step with the folder."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import layers
from engine.design import Design
from engine.fragment_text import to_text
from engine.fragments import Fragment
from gui.blocks import LONGEST_NAME, Blocks

HEAD = Fragment(Design.chain(layers.Dense(8), layers.Dropout(0.1)))


@pytest.fixture
def folder(tmp_path: Path, qapp: QApplication) -> Path:
    return tmp_path / "settings" / "blocks"


@pytest.fixture
def blocks(folder: Path) -> Blocks:
    return Blocks(folder)


@pytest.fixture
def told(blocks: Blocks) -> list[str]:
    """What went wrong."""
    said: list[str] = []
    blocks.failed.connect(said.append)
    return said


def test_a_block_is_kept_across_sessions_as_a_readable_file(blocks: Blocks, folder: Path) -> None:
    assert blocks.all == {}
    assert blocks.save(HEAD, " My head! ")
    (path,) = folder.glob("*.json")
    assert path.name == "my-head.json"
    assert '"kind": "dense", "units": 8' in path.read_text("utf-8")
    again = Blocks(folder).all
    assert list(again) == ["My head!"]
    assert again["My head!"].design.links == HEAD.design.links


def test_names_are_free_and_not_too_long(blocks: Blocks, told: list[str]) -> None:
    assert blocks.save(HEAD, "Head")
    for name, words in (
        ("  ", "needs a name"),
        ("head", "a block named head already"),
        ("x" * (LONGEST_NAME + 1), "at most"),
    ):
        assert not blocks.save(HEAD, name)
        assert words in told[-1]
    assert list(blocks.all) == ["Head"]
    assert blocks.save(HEAD, "Häd")
    assert blocks.save(HEAD, "H d")
    assert blocks.save(HEAD, "層")
    assert len(blocks.all) == 4, "names that make one file name are kept apart"


def test_renaming_and_removing(blocks: Blocks, folder: Path, told: list[str]) -> None:
    for name in ("a", "b"):
        blocks.save(HEAD, name)
    assert blocks.rename("a", "A")
    assert not blocks.rename("A", "b")
    assert "already" in told[-1]
    assert not blocks.rename("gone", "c")
    assert list(blocks.all) == ["A", "b"]
    blocks.remove("A")
    assert list(blocks.all) == ["b"]
    assert len(list(folder.glob("*.json"))) == 1


def test_another_window_sees_it_too(qtbot: QtBot, blocks: Blocks, folder: Path) -> None:
    blocks.save(HEAD, "first")
    other = Blocks(folder)
    with qtbot.waitSignal(blocks.changed):
        other.save(HEAD, "second")
    assert list(blocks.all) == ["first", "second"]
    with qtbot.waitSignal(other.changed):
        blocks.remove("first")
    assert list(other.all) == ["second"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (b"", "holds no layers"),
        (b"\xff\xfe\x00", "it is not text"),
        (b'{"glasswork": "layers", "layers": [{"kind": "dens"}]}', "kind should be one of"),
        (b'{"glasswork": "layers", "layers": [{"name": "a", "kind": "dense",}]}', "line 1"),
    ],
)
def test_a_broken_file_is_told_and_loses_nothing_else(
    blocks: Blocks, folder: Path, damage: bytes, words: str
) -> None:
    blocks.save(HEAD, "good")
    (folder / "bad.json").write_bytes(damage)
    other = Blocks(folder)
    (said,) = other.problems
    assert words in said
    assert said.startswith("bad.json is left out: ")
    assert "\n" not in said
    assert list(other.all) == ["good"]
    assert other.save(HEAD, "more")
    assert (folder / "bad.json").read_bytes() == damage
    (folder / "bad.json").unlink()
    other.remove("more")
    assert not other.problems


def test_a_file_that_is_too_large_is_not_read(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "big.json").write_bytes(b" " * (4 * 2**20 + 1))
    assert "too large" in Blocks(folder).problems[0]


def test_files_of_one_name_are_told_apart(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(2):
        named = Fragment(HEAD.design, name="same")
        (folder / f"{number}.json").write_text(to_text(named), "utf-8")
    assert list(Blocks(folder).all) == ["same", "same (2)"]


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(blocks: Blocks, folder: Path) -> None:
    folder.chmod(0o500)
    said: list[str] = []
    blocks.failed.connect(said.append)
    assert not blocks.save(HEAD, "x")
    assert "cannot be kept" in said[0]


def test_a_file_in_the_way_of_the_folder_is_told(folder: Path) -> None:
    folder.parent.mkdir()
    folder.write_text("not a folder")
    blocks, told = Blocks(folder), list[str]()
    blocks.failed.connect(told.append)
    assert not blocks.save(HEAD, "x")
    assert "cannot be kept" in told[0]
