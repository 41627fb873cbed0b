"""The progress bar: there for a person who watches, silent in a script."""

import io
import re

import pytest

import engine
from engine.cli.progress import ProgressBar, Steps


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watch(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, name: str = "xor") -> str:
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("COLUMNS", "120")
    project = engine.new(name)
    project = project.edited(training=project.training.edited(epochs=3))
    trainer = engine.Trainer(project)
    with ProgressBar(trainer.prepared.facts) as bar:
        for event in trainer.run():
            bar.show(event)
    return stream.getvalue()


def test_a_terminal_shows_epochs_and_figures(monkeypatch) -> None:
    shown = watch(monkeypatch, Terminal())
    assert "epoch 3" in shown
    assert "loss" in shown
    assert "accuracy" in shown
    assert "majority" not in shown


def test_uneven_classes_have_the_share_of_the_largest_beside_accuracy(monkeypatch) -> None:
    shown = watch(monkeypatch, Terminal(), "breast_cancer")
    assert re.search(rf"accuracy [01]\.\d{{4}}  majority {357 / 569:.4f}", shown)


def test_errors_of_numbers_have_no_majority_beside_them(monkeypatch) -> None:
    shown = watch(monkeypatch, Terminal(), "diabetes")
    assert "rmse" in shown
    assert "majority" not in shown


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
