"""The progress bar: there for a person who watches, silent in a script."""

import io

import pytest

import engine
from engine.cli.progress import ProgressBar, Steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watch(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    project = engine.new("xor")
    project = project.edited(training=project.training.edited(epochs=3))
    with ProgressBar() as bar:
        for event in engine.Trainer(project).run():
            bar.show(event)
    return stream.getvalue()


def test_a_terminal_shows_epochs_and_figures(monkeypatch) -> None:
    shown = watch(monkeypatch, Terminal())
    assert "epoch 3" in shown
    assert "loss" in shown
    assert "accuracy" in shown


def test_a_script_is_left_in_peace(monkeypatch) -> None:
    assert watch(monkeypatch, io.StringIO()) == ""


def step(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    with Steps() as steps:
        steps.tell(0.5, "Unpacking images, 3 of 6 MiB")
        steps.tell(1.0, "Looking through images")
    return stream.getvalue()


def test_a_terminal_shows_what_is_read(monkeypatch) -> None:
    assert "Looking through images" in step(monkeypatch, Terminal())
    assert step(monkeypatch, io.StringIO()) == ""
