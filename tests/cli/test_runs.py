"""Every training on the command line is a run in the file, which `info` lists."""

import engine


def test_trainings_are_runs_that_info_lists(glasswork, project, tmp_path) -> None:
    out, further, anew = (tmp_path / f"{name}.h5" for name in ("m", "further", "anew"))
    assert glasswork("train", project, "--epochs", 2, "--out", out).code == 0
    assert glasswork("train", out, "--epochs", 4, "--out", further).code == 0
    again = ("--seed", 9, "--set", "training.batch_size=64")
    assert glasswork("train", further, "--epochs", 1, *again, "--out", anew).code == 0
    (one,) = engine.load(further).runs
    assert [record.epoch for record in one.history] == [1, 2, 3, 4]
    assert one.trained is not None
    answer = glasswork("info", anew, "--json").json["runs"]
    assert [(run["name"], run["epochs"], run["seed"]) for run in answer] == [
        ("Run 1", 4, 0),
        ("Run 2", 1, 9),
    ]
    assert answer[0]["restorable"]
    assert {"loss", "accuracy"} <= answer[1]["test"].keys()
    assert answer[1]["result"] == answer[1]["history"][-1]["validation"]
    lines = glasswork("info", anew).out.splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("Run "))
    assert lines[start].split()[:3] == ["Run", "Started", "Epochs"]
    assert lines[start + 1].startswith("Run 2")
    assert "accuracy" in lines[start + 1]


def test_a_project_without_runs_lists_none(glasswork, project) -> None:
    assert glasswork("info", project, "--json").json["runs"] == []
