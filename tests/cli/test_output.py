"""Tables, one-line complaints and JSON that every reader takes."""

import math

import numpy as np

from engine.cli.command import plain
from engine.cli.output import complain, figures, table


def test_numbers_stand_to_the_right_and_text_to_the_left() -> None:
    assert table([("a", "1,000"), ("long", "7")]) == "a     1,000\nlong      7"


def test_figures_take_a_line_for_each_part() -> None:
    text = figures({"test": {"accuracy": 0.97222, "loss": 0.1}, "validation": {"loss": 2.0}})
    assert text == "test        accuracy 0.9722  loss 0.1\nvalidation  loss 2"


def test_large_figures_are_whole() -> None:
    text = figures({"test": {"rmse": 31417.3, "mae": 999.46, "r2": 0.98}})
    assert text == "test  rmse 31,417  mae 999.5  r2 0.98"


def test_no_figures_are_an_empty_text() -> None:
    assert figures({}) == ""


def test_a_complaint_is_one_line(capsys) -> None:
    complain("cannot read\nthis\tfile")
    assert capsys.readouterr().err == "glasswork: cannot read this file\n"


def test_json_holds_no_nan_and_no_numpy() -> None:
    value = {"a": np.float32(0.5), "b": [np.int64(3), math.nan], 1: (math.inf, "text", None, True)}
    assert plain(value) == {"a": 0.5, "b": [3, None], "1": [None, "text", None, True]}
