"""Figures as people read them."""

import math

import pytest

from gui.figures import (
    count_behind,
    data_value,
    duration,
    figure,
    metric_name,
    number,
    percent,
    short_count,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.0312, "0.0312"),
        (0.061234, "0.0612"),
        (-0.0312, "−0.0312"),
        (1.5263, "1.53"),
        (97.84, "97.8"),
        (123.4, "123"),
        (12345.6, "12,346"),
        (1.2e-7, "1.2e-07"),
        (math.inf, "not finite"),
        (math.nan, "not finite"),
    ],
)
def test_numbers_have_three_digits_that_count(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0.0 %"), (0.97777, "97.8 %"), (1.0, "100 %"), (0.9999, "99.9 %")],
)
def test_nothing_but_all_is_100_per_cent(share: float, text: str) -> None:
    assert percent(share) == text


def test_accuracies_are_per_cents_with_counts_and_other_metrics_numbers() -> None:
    assert figure("accuracy", 176 / 180) == "97.8 %"
    assert count_behind("accuracy", 176 / 180, 180) == "(176 of 180)"
    assert count_behind("accuracy", 0.5, 0) == ""
    assert figure("rmse", 53.217) == "53.2"
    assert count_behind("rmse", 53.2, 180) == ""


def test_metrics_have_the_names_of_the_field() -> None:
    assert [metric_name(name) for name in ("loss", "r2", "rmse", "top_5")] == [
        "Loss",
        "R²",
        "RMSE",
        "Top 5",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (3.2, "0:04"), (750, "12:30"), (3900, "1:05:00")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(950, "950"), (1500, "1.5k"), (52_400, "52k"), (168_000, "168k"), (1_234_000, "1.2M")],
)
def test_short_counts(value: float, text: str) -> None:
    assert short_count(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1978.0, "1978"),
        (0.25, "0.25"),
        (66691.69, "66691.7"),
        (627547.37, "627,547"),
        (1e20, "1e+20"),
    ],
)
def test_values_of_a_table_are_told_in_six_digits(value: float, text: str) -> None:
    assert data_value(value) == text
