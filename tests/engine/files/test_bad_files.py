"""Every model file that should not be opened is refused in one sentence that says why.

The numbers are those of the list of bad input; each case builds a real file.
"""

import json
import os
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from engine.errors import FileError
from engine.export import export
from engine.files import read, save
from tests.engine.files.models import small_design, small_project, trained_of

KERNEL = "model_weights/dense_1/dense_1/kernel"
BIAS = "model_weights/dense_1/dense_1/bias"

Spoil = Callable[[Path], None]


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A sound file of Glasswork's, and one as Keras would save it."""
    folder, project, trained = (
        tmp_path_factory.mktemp("h5"),
        small_project(),
        trained_of(small_design()),
    )
    save(folder / "own", project, trained)
    export(project, trained, "keras", folder / "keras")
    return {name: (folder / name).read_bytes() for name in ("own", "keras")}


@dataclass(frozen=True)
class Case:
    number: int
    what: str
    spoil: Spoil
    words: tuple[str, ...]


# ── ways to spoil a file ────────────────────────────────────────────────────────────────────


def content(data: bytes) -> Spoil:
    return lambda path: path.write_bytes(data) and None


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])


def in_hdf5(change: Callable[[h5py.File], Any]) -> Spoil:
    def spoil(path: Path) -> None:
        with h5py.File(path, "r+") as file:
            change(file)

    return spoil


def instead(make: Callable[[h5py.File], Any], place: str = KERNEL) -> Spoil:
    """Takes an array away before `make` puts something else there."""

    def change(file: h5py.File) -> None:
        del file[place]
        make(file)

    return in_hdf5(change)


def stored(make: Callable[[h5py.h5p.PropDCID], None], shape: tuple[int, ...] = (5, 6)) -> Spoil:
    """A kernel with a storage of its own making, of which nothing is written."""

    def create(file: h5py.File) -> None:
        properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        make(properties)
        space = h5py.h5s.create_simple(shape)
        group = file[KERNEL.rpartition("/")[0]]
        h5py.h5d.create(group.id, b"kernel", h5py.h5t.IEEE_F32LE, space, properties)

    return instead(create)


def virtual(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((5, 6), "f4")
    layout[:] = h5py.VirtualSource("elsewhere.h5", "kernel", (5, 6))
    file.create_virtual_dataset(KERNEL, layout)


def unknown_filter(properties: h5py.h5p.PropDCID) -> None:
    properties.set_chunk((5, 6))
    properties.set_filter(32015, h5py.h5z.FLAG_OPTIONAL, (3,))


def huge_chunk(properties: h5py.h5p.PropDCID) -> None:
    properties.set_chunk((2**13, 2**14))


def resizable_with_huge_chunk(file: h5py.File) -> None:
    file.create_dataset(
        KERNEL,
        data=np.ones((5, 6), "f4"),
        maxshape=(None, None),
        chunks=(2**12, 2**12),
        compression=9,
    )


def not_finite(file: h5py.File) -> None:
    values = file[KERNEL][()]
    values[0, :2] = np.nan, np.inf
    file[KERNEL][...] = values


def flipped(place: str) -> Spoil:
    """One bit of one number, changed where it lies in the file."""

    def spoil(path: Path) -> None:
        with h5py.File(path) as file:
            offset = file[place].id.get_offset()
        data = bytearray(path.read_bytes())
        data[offset] ^= 1
        path.write_bytes(data)

    return spoil


def flipped_text(group: str, name: str) -> Spoil:
    """One letter of a text, changed."""

    def change(file: h5py.File) -> None:
        text = file[group].attrs[name]
        file[group].attrs[name] = text.replace("softmax", "softmay")

    return in_hdf5(change)


def config(change: Callable[[list[dict[str, Any]]], Any]) -> Spoil:
    """The listed layers of the Keras configuration, changed."""

    def edit(file: h5py.File) -> None:
        model = json.loads(file.attrs["model_config"])
        change(model["config"]["layers"])
        file.attrs["model_config"] = json.dumps(model)

    return in_hdf5(edit)


def put(group: str, name: str, value: Any) -> Spoil:
    """An attribute of a group, put anew; None takes it away."""

    def change(file: h5py.File) -> None:
        if value is None:
            del file[group].attrs[name]
        else:
            file[group].attrs[name] = value

    return in_hdf5(change)


def gone(place: str) -> Spoil:
    return in_hdf5(lambda file: file.__delitem__(place))


def linked(link: Any, place: str = KERNEL) -> Spoil:
    return instead(lambda file: file.__setitem__(place, link), place)


def array(*shape: Any, place: str = KERNEL, **options: Any) -> Spoil:
    return instead(lambda file: file.create_dataset(place, *shape, **options), place)


def layer(index: int, **changes: Any) -> Spoil:
    return config(lambda layers: layers[index].update(changes))


def option(key: str, value: Any) -> Spoil:
    return config(lambda layers: layers[1]["config"].__setitem__(key, value))


def project(change: Callable[[dict[str, Any]], Any]) -> Spoil:
    """The project in Glasswork's own group, changed."""

    def edit(file: h5py.File) -> None:
        value = json.loads(file["glasswork"].attrs["project"])
        change(value)
        file["glasswork"].attrs["project"] = json.dumps(value)

    return in_hdf5(edit)


def training(change: Callable[[dict[str, Any]], Any]) -> Spoil:
    """The description of the training in Glasswork's own group, changed."""

    def edit(file: h5py.File) -> None:
        value = json.loads(file["glasswork"].attrs["trained"])
        change(value)
        file["glasswork"].attrs["trained"] = json.dumps(value)

    return in_hdf5(edit)


def unlisted(path: str) -> Spoil:
    """An array taken from the list, as if it had never been."""

    def change(file: h5py.File) -> None:
        listing = json.loads(file["glasswork"].attrs["arrays"])
        del listing[path]
        file["glasswork"].attrs["arrays"] = json.dumps(listing)

    return in_hdf5(change)


def node(**changes: Any) -> Spoil:
    return project(lambda value: value["design"]["nodes"][1].update(changes))


def dense(**changes: Any) -> Spoil:
    return project(lambda value: value["design"]["nodes"][1]["layer"].update(changes))


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def larger_than_allowed(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(3 * 1024**3)


def fifo(path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes with names here")
    path.unlink()
    os.mkfifo(path)


UNITS = "units must be a whole number, at least 1 and at most 65,536"
NESTED = "[" * 100_000 + "]" * 100_000

BOTH = [
    Case(1, "empty", content(b""), ("empty",)),
    Case(2, "text", content(b"hello, I am a text file"), ("not an HDF5 file",)),
    Case(2, "pickle", content(pickle.dumps({"a": 1})), ("not an HDF5 file",)),
    Case(2, "archive", content(b"PK\x03\x04 and so on"), ("not an HDF5 file",)),
    Case(3, "truncated", truncated, ("incomplete",)),
    Case(3, "half a signature", content(b"\x89HDF"), ("incomplete",)),
    Case(
        5,
        "external link",
        linked(h5py.ExternalLink("/etc/x.h5", "a")),
        ("points to another file", "/etc/x.h5"),
    ),
    Case(6, "soft link", linked(h5py.SoftLink("/" + BIAS)), ("points to", "/" + BIAS)),
    Case(
        6,
        "soft link to a group",
        linked(h5py.SoftLink("/other"), "model_weights/dense_1"),
        ("points to", "/other"),
    ),
    Case(
        7,
        "external storage",
        stored(lambda p: p.set_external(b"/etc/passwd", 0, 120)),
        ("data elsewhere", "another file"),
    ),
    Case(8, "virtual dataset", instead(virtual), ("data elsewhere",)),
    Case(
        9,
        "1 TiB declared",
        stored(lambda p: p.set_chunk((64, 64)), (2**19, 2**19)),
        ("1.0 TiB", "120 bytes"),
    ),
    Case(10, "gzip bomb", array((2**14, 2**14), "f4", compression=9), ("1.0 GiB", "120 bytes")),
    Case(11, "huge chunk", instead(resizable_with_huge_chunk), ("too large", "64 MiB")),
    Case(12, "unknown filter", stored(unknown_filter), ("filter 32015",)),
    Case(13, "shape", array(data=np.ones((6, 5), "f4")), ("dense_1", "6 x 5", "5 x 6")),
    Case(13, "empty space", array(data=h5py.Empty("f4")), ("dense_1", "empty")),
    Case(14, "missing weight", gone(KERNEL), ("missing", KERNEL)),
    Case(
        15,
        "group for array",
        instead(lambda f: f.create_group(KERNEL)),
        ("group where an array should be", KERNEL),
    ),
    Case(16, "strings", array(data=[["a"] * 6] * 5), ("expected float", "dense_1")),
    Case(16, "compound", array((5, 6), [("a", "f4"), ("b", "f4")]), ("expected float",)),
    Case(16, "references", array((5, 6), h5py.ref_dtype), ("expected float",)),
    Case(16, "integers", array((5, 6), "i8"), ("expected float",)),
    Case(17, "not finite", in_hdf5(not_finite), ("dense_1", "2 values", "NaN or infinite")),
    Case(28, "folder", folder, ("folder",)),
    Case(28, "3 GiB", larger_than_allowed, ("too large", "3.0 GiB", "2.0 GiB")),
    Case(28, "FIFO", fifo, ("not a regular file",)),
]

KERAS = [
    Case(
        14,
        "a layer's weights missing",
        put("model_weights/dense_1", "weight_names", np.array([], "S1")),
        ("missing",),
    ),
    Case(
        14,
        "one weight missing",
        put("model_weights/dense_1", "weight_names", ["dense_1/kernel"]),
        ("dense_1", "names 1"),
    ),
    Case(
        14, "no weight names", put("model_weights/dense_1", "weight_names", None), ("weight_names",)
    ),
    Case(14, "no weights at all", gone("model_weights"), ("model_weights",)),
    Case(18, "missing config", put("/", "model_config", None), ("model_config is missing",)),
    Case(18, "config is a number", put("/", "model_config", 3.5), ("should be text",)),
    Case(
        19,
        "invalid JSON",
        put("/", "model_config", '{"a": 1,\n "b": }'),
        ("not valid JSON", "line 2, column 7"),
    ),
    Case(19, "not an object", put("/", "model_config", "[1, 2]"), ("JSON object",)),
    Case(
        19,
        "an absurd number",
        put("/", "model_config", '{"a": ' + "9" * 5000 + "}"),
        ("not usable JSON",),
    ),
    Case(19, "a long text", put("/", "model_config", " " * 2**25), ("too large",)),
    Case(20, "deep nesting", put("/", "model_config", NESTED), ("nested too deeply",)),
    Case(21, "Lambda", layer(1, class_name="Lambda"), ("'dense_1'", "contains code")),
    Case(22, "foreign module", layer(1, module="os.path"), ("'dense_1'", "'os.path'")),
    Case(22, "custom class", layer(1, registered_name="mine>Dense"), ("'mine>Dense'",)),
    Case(
        22,
        "foreign activation",
        option("activation", {"module": "evil", "class_name": "function", "config": "run"}),
        ("'evil'",),
    ),
    Case(
        23,
        "unknown layer",
        layer(1, class_name="Conv2D"),
        ("'dense_1' is a Conv2D layer", "not supported"),
    ),
    Case(23, "nested model", layer(1, class_name="Functional"), ("'dense_1' is a nested model",)),
    Case(
        23,
        "shared layer",
        config(lambda ls: ls[1]["inbound_nodes"].append([["input", 0, 0, {}]])),
        ("'dense_1' is shared",),
    ),
    *(
        Case(24, f"units {value!r}", option("units", value), ("dense_1", UNITS, repr(value)))
        for value in (-3, 2.5, "8", 1e12, None, True)
    ),
    Case(
        24,
        "rate",
        config(lambda ls: ls[4]["config"].__setitem__("rate", 1.5)),
        ("dropout_1", "rate must be a number, at least 0 and less than 1, not 1.5"),
    ),
    Case(
        25,
        "unknown activation",
        option("activation", "softmay"),
        ("'softmay'", "known are elu, gelu, leaky_relu, linear, relu"),
    ),
    Case(
        26,
        "duplicate names",
        config(lambda ls: (ls[2].update(name="dense_1"), ls[2]["config"].update(name="dense_1"))),
        ("named 'dense_1'",),
    ),
    Case(
        26,
        "fed by nothing",
        config(lambda ls: ls[1].update(inbound_nodes=[[["ghost", 0, 0, {}]]])),
        ("fed by 'ghost', which does not exist",),
    ),
    Case(
        26,
        "cycle",
        config(
            lambda ls: ls[1].update(
                class_name="Add",
                config={"name": "dense_1"},
                inbound_nodes=[[["input", 0, 0, {}], ["dropout_1", 0, 0, {}]]],
            )
        ),
        ("cycle",),
    ),
    Case(
        26,
        "two links into one",
        config(
            lambda ls: ls[2].update(inbound_nodes=[[["dense_1", 0, 0, {}], ["input", 0, 0, {}]]])
        ),
        ("2 inputs",),
    ),
    Case(
        26,
        "leads nowhere",
        config(
            lambda ls: ls.append(ls[1] | {"name": "x", "config": ls[1]["config"] | {"name": "x"}})
        ),
        ("'x' leads nowhere",),
    ),
    Case(26, "not a layer", config(lambda ls: ls.append(3)), ("not described as Keras does",)),
    Case(26, "no layers", config(lambda ls: ls.clear()), ("0 inputs",)),
    Case(
        26,
        "no shape",
        config(lambda ls: ls[0]["config"].update(batch_shape=[None, None])),
        ("no fixed shape",),
    ),
    Case(
        26,
        "a wide input",
        config(lambda ls: ls[0]["config"].update(batch_shape=[None, 2**24, 2])),
        ("too large",),
    ),
    Case(
        9,
        "a design too large",
        config(
            lambda ls: (
                ls[0]["config"].update(batch_shape=[None, 60_000]),
                ls[1]["config"].update(units=60_000),
            )
        ),
        ("design is too large", "13 GiB"),
    ),
]

OWN = [
    Case(4, "flipped bit in an array", flipped(KERNEL), ("checksum",)),
    Case(
        4, "flipped bit in a slot", flipped("glasswork/optimizer/momentum/n2/kernel"), ("checksum",)
    ),
    Case(
        4, "flipped bit in the history", flipped("glasswork/history/training/loss"), ("checksum",)
    ),
    Case(4, "a letter of the config", flipped_text("/", "model_config"), ("checksum", "'softmay'")),
    Case(
        4, "a letter of the project", flipped_text("glasswork", "project"), ("checksum", "softmay")
    ),
    Case(4, "another value", project(lambda value: value.update(name="other")), ("checksum",)),
    Case(18, "missing project", put("glasswork", "project", None), ("project", "missing")),
    Case(18, "missing config", put("/", "model_config", None), ("model_config is missing",)),
    Case(18, "missing version", put("glasswork", "format_version", None), ("version", "missing")),
    Case(
        19,
        "invalid JSON",
        put("glasswork", "project", '{"a": 1,\n "b": }'),
        ("not valid JSON", "line 2, column 7"),
    ),
    Case(19, "no design", put("glasswork", "project", "{}"), ("no design",)),
    Case(19, "no nodes", put("glasswork", "project", '{"design": {}}'), ("no list of nodes",)),
    Case(19, "bad list of arrays", put("glasswork", "arrays", '{"a": 3}'), ("list of arrays",)),
    Case(
        19,
        "bad training",
        put("glasswork", "trained", '{"a": 3}'),
        ("description of the training",),
    ),
    Case(
        20,
        "deep nesting",
        put("glasswork", "project", '{"a": ' + NESTED + "}"),
        ("nested too deeply",),
    ),
    Case(21, "Lambda", dense(kind="lambda"), ("'dense_1' is a 'lambda' layer", "not supported")),
    *(
        Case(24, f"units {value!r}", dense(units=value), ("dense_1", UNITS, repr(value)))
        for value in (-3, 2.5, "8", 1e12)
    ),
    Case(24, "more units", dense(units=7), ("dense_1", "5 x 6", "5 x 7")),
    Case(24, "an option too many", dense(colour="red"), ("'dense_1'", "colour")),
    Case(
        24,
        "a training option",
        project(lambda value: value["training"].update(epochs=-1)),
        ("epochs",),
    ),
    Case(25, "unknown activation", dense(activation={"kind": "softmay"}), ("be one of elu, gelu",)),
    Case(26, "duplicate names", node(name="dense_2"), ("two layers are named 'dense_2'",)),
    Case(26, "an id that is a path", node(id="../n2"), ("cannot be read",)),
    Case(
        26,
        "too many links",
        project(lambda value: value["design"].update(links=[None] * 100_001)),
        ("100,001 links",),
    ),
    Case(27, "newer format", put("glasswork", "format_version", 99), ("format 99", "update")),
]

CASES = [
    *(("own", case) for case in BOTH + OWN),
    *(("keras", case) for case in BOTH + KERAS),
]


@pytest.mark.parametrize(
    ("master", "case"), CASES, ids=[f"{c.number}-{c.what}-{master}" for master, c in CASES]
)
def test_a_bad_file_is_refused_in_one_sentence_that_says_why(
    tmp_path: Path, masters: dict[str, bytes], master: str, case: Case
) -> None:
    path = tmp_path / "bad.h5"
    path.write_bytes(masters[master])
    case.spoil(path)
    began = time.monotonic()
    with pytest.raises(FileError) as refused:
        read(path)
    said = str(refused.value)
    assert time.monotonic() - began < 20
    assert said.startswith(f"cannot open {path}: ")
    assert "\n" not in said
    assert len(said) < 600 + len(str(path))
    for words in case.words:
        assert words in said


def test_every_case_of_the_list_is_tried() -> None:
    assert {case.number for _, case in CASES} | {29} == set(range(1, 30))


def test_the_files_that_are_spoilt_here_are_sound_before(
    tmp_path: Path, masters: dict[str, bytes]
) -> None:
    for name, data in masters.items():
        (tmp_path / name).write_bytes(data)
        assert read(tmp_path / name).trained is not None
