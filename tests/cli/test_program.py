"""What holds for every subcommand: help, JSON, one line for a failure, no overwriting."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import files, new
from engine.cli import wants
from engine.cli.command import Command
from engine.cli.program import COMMANDS

ROOT = Path(__file__).parents[2]
MAIN = [sys.executable, str(ROOT / "main.py")]

# Each takes `{project}`, `{model}`, `{table}`, `{folder}`; the words have to be in the message.
FAILURES = {
    "no such subcommand": ("tarin {project}", ["invalid choice", "tarin", "train"]),
    "argument missing": ("train {project}", ["--out"]),
    "number expected": ("train {project} --epochs many --out {folder}/x.h5", ["--epochs", "many"]),
    "no such project": ("train {folder}/no.h5 --out {folder}/x.h5", ["no.h5"]),
    "not a model file": ("info {table}", ["shop.csv", "not an HDF5 file"]),
    "check of no model file": ("check {table}", ["shop.csv", "not an HDF5 file"]),
    "no such template": ("new magic --out {folder}/x.h5", ["magic", "digits"]),
    "template and table": ("new digits --data {table} --out {folder}/x.h5", ["not both"]),
    "neither of them": ("new --out {folder}/x.h5", ["template", "--data"]),
    "no target named": ("new --data {table} --out {folder}/x.h5", ["--target"]),
    "no such target": ("new --data {table} --target size --out {folder}/x.h5", ["size", "bought"]),
    "no such table": ("new --data {folder}/no.csv --target a --out {folder}/x.h5", ["no.csv"]),
    "output exists": ("new digits --out {model}", ["m.h5", "--force"]),
    "output is a folder": ("new digits --out {folder}", ["folder"]),
    "no such folder": ("new digits --out {folder}/no/x.h5", ["no folder"]),
    "bad setting": (
        "train {project} --set training.epochs=0 --out {folder}/x.h5",
        ["epochs", "1", "0"],
    ),
    "bad epochs": ("train {project} --epochs 0 --out {folder}/x.h5", ["epochs", "1"]),
    "bad seed": ("train {project} --seed -1 --out {folder}/x.h5", ["seed"]),
    "width that does not fit": (
        "train {project} --set design.dense_2.units=3 --out {folder}/x.h5",
        ["3", "10"],
    ),
    "not trained": ("evaluate {project}", ["not trained", "train"]),
    "predict untrained": ("predict {project} {table} --out {folder}/x.csv", ["not trained"]),
    "columns missing": ("predict {model} {table} --out {folder}/x.csv", ["column"]),
    "no such format": ("export {model} --to magic --out {folder}/x.h5", ["magic", "keras"]),
}


@pytest.mark.parametrize(("line", "words"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_one_line(glasswork, line, words, project, model, table, tmp_path) -> None:
    places = {"project": project, "model": model, "table": table, "folder": tmp_path}
    outcome = glasswork(*(word.format(**places) for word in line.split()))
    assert outcome.code not in (0, None)
    assert outcome.out == ""
    assert outcome.err.startswith("glasswork: ")
    assert outcome.err.count("\n") == 1
    assert all(word in outcome.err for word in words), outcome.err
    assert not list(tmp_path.glob("x.*")), "a failure leaves no output behind"


def test_a_model_without_test_rows_needs_a_file(glasswork, tmp_path) -> None:
    project, model = tmp_path / "p.h5", tmp_path / "m.h5"
    glasswork("new", "xor", "--out", project)
    assert glasswork("train", project, "--epochs", 2, "--out", model).code == 0
    outcome = glasswork("evaluate", model)
    assert outcome.code == 1
    assert "test rows" in outcome.err
    assert "--data" in outcome.err


def test_a_project_without_data_says_how_to_get_some(glasswork, tmp_path) -> None:
    bare = tmp_path / "bare.h5"
    files.save(bare, new("iris").edited(data=None), None)
    outcome = glasswork("train", bare, "--out", tmp_path / "m.h5")
    assert outcome.code == 1
    assert outcome.err == f"glasswork: {bare} has no data; name a file with --data\n"
    assert "Data: none" in glasswork("info", bare).out


def test_a_loss_that_is_not_finite_fails_and_keeps_the_last_good_weights(
    glasswork, tmp_path
) -> None:
    project, model = tmp_path / "p.h5", tmp_path / "m.h5"
    glasswork("new", "diabetes", "--out", project)
    wild = ("training.optimizer=sgd", "training.optimizer.learning_rate=10")
    settings = [word for setting in wild for word in ("--set", setting)]
    outcome = glasswork("train", project, *settings, "--out", model)
    assert outcome.code == 1
    assert outcome.out == ""
    assert "not finite" in outcome.err
    assert str(model) in outcome.err
    assert glasswork("check", model).code == 0


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (MemoryError(), 1, "memory"),
        (PermissionError(13, "Permission denied", "secret.csv"), 1, "secret.csv"),
        (OSError("odd"), 1, "odd"),
    ],
)
def test_what_happens_to_any_subcommand_ends_in_a_line(
    glasswork, monkeypatch, error, code, words
) -> None:
    def fail(_):
        raise error

    failing = Command("fail", "fails", lambda parser: None, fail)
    monkeypatch.setattr("engine.cli.program.COMMANDS", (failing,))
    outcome = glasswork("fail", "--json")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (code, "", 1)
    assert words in outcome.err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_subcommand_has_help(glasswork, command) -> None:
    outcome = glasswork(command.name, "--help")
    assert outcome.code == 0
    assert command.help in outcome.out
    assert "--json" in outcome.out


def test_help_and_version(glasswork) -> None:
    outcome = glasswork("--help")
    assert outcome.code == 0
    assert all(command.name in outcome.out for command in COMMANDS)
    assert glasswork("--version").out.startswith("glasswork ")


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], False),
        (["digits.h5"], False),
        (["no-such-file.h5"], False),
        (["train"], True),
        (["tarin"], True),
        (["--version"], True),
        (["a.h5", "b.h5"], True),
    ],
)
def test_a_subcommand_is_told_from_a_file_to_open(arguments, wanted) -> None:
    assert wants(arguments) is wanted


def test_an_existing_file_needs_force(glasswork, model, tmp_path) -> None:
    out = tmp_path / "p.h5"
    out.write_bytes(b"precious")
    assert glasswork("new", "xor", "--out", out).code != 0
    assert out.read_bytes() == b"precious"
    assert glasswork("new", "xor", "--out", out, "--force").code == 0
    assert glasswork("check", out).code == 0


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent another way on Windows")
def test_ctrl_c_keeps_what_has_been_trained(glasswork, project, tmp_path) -> None:
    out = tmp_path / "stopped.h5"
    long = ["--epochs", "100000", "--set", "training.batch_size=9999", "--out", str(out)]
    command = [*MAIN, "train", str(project), *long]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            if "batch size" in line:  # the first thing that training itself says
                break
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == ""
    assert glasswork("info", out, "--json").json["epochs"] > 0


@pytest.mark.skipif(os.name == "nt", reason="pipes end in another way on Windows")
def test_a_reader_may_hang_up() -> None:
    done = subprocess.run(
        f"{sys.executable} {MAIN[1]} templates | true",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
