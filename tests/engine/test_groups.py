"""Groups and notes: values beside the design that follow it and that no weights depend on."""

from pathlib import Path

import pytest
from pydantic import ValidationError

import engine
from engine import files, groups, layers
from engine.design import Design
from engine.groups import Group, Note
from engine.project import Project


def three() -> Project:
    """Input n1, Dense n2, Dense n3; the last two are a group."""
    design = Design.chain(layers.Input(), layers.Dense(units=4), layers.Dense(units=2))
    return Project(design=design, groups=groups.grouped((), ("n2", "n3"), "tail"))


def test_a_group_holds_the_layers_that_are_there() -> None:
    project = three()
    design = project.design.remove(["n2"])
    (left,) = project.edited(design=design).groups
    assert left.members == ("n3",)
    assert left.name == "tail"
    assert project.edited(design=design.remove(["n3"])).groups == ()


def test_groups_that_lose_nothing_stay_the_very_same() -> None:
    project = three()
    assert groups.of_layers(project.groups, project.design.ids) is project.groups


def test_a_layer_is_in_one_group_at_most() -> None:
    first = Group(id="group 1", name="a", members=("n1", "n2"))
    second = Group(id="group 2", name="b", members=("n2", "n3", "n3"))
    found = three().edited(groups=(first, second)).groups
    assert [each.members for each in found] == [("n1", "n2"), ("n3",)]


def test_grouping_takes_layers_out_of_the_groups_that_they_were_in() -> None:
    made = groups.grouped(three().groups, ("n1", "n2"))
    assert [(each.name, each.members) for each in made] == [
        ("tail", ("n3",)),
        ("Group 1", ("n1", "n2")),
    ]
    assert len({each.id for each in made}) == 2
    (whole,) = groups.grouped(made, ("n1", "n2", "n3"))
    assert whole.name == "Group 2"


def test_a_group_is_asked_for_by_its_layers() -> None:
    made = three().groups
    assert groups.group_of(made, "n3") == made[0]
    assert groups.group_of(made, "n1") is None
    assert groups.touched(made, ("n1", "n3")) == made
    assert groups.touched(made, ("n1",)) == ()


def test_a_change_of_a_group_is_checked() -> None:
    made = groups.changed(three().groups, "group 1", folded=True)
    assert made[0].folded
    with pytest.raises(ValidationError):
        groups.changed(made, "group 1", name="")
    with pytest.raises(ValidationError):
        Note(id="n1", text="", x=0, y=0)


def test_groups_and_notes_are_saved(tmp_path: Path) -> None:
    note = Note(id="note 1", text="Überall\nα → β", x=-3.5, y=8, width=240)
    project = three().edited(notes=(note,))
    files.save(tmp_path / "grouped.h5", project, None)
    opened = engine.load(tmp_path / "grouped.h5").project
    assert opened.groups == project.groups
    assert opened.notes == (note,)
