"""Files damaged at random, files that HDF5 cannot stand, and the limits of the sandbox."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.errors import FileError
from engine.files import read, save
from engine.files.sandbox import Sandbox
from engine.files.wanted import Refused, Wanted
from tests.engine.files.fuzz import damaged
from tests.engine.files.models import small_design, small_project, trained_of

ROOT = Path(__file__).parents[3]
COPIES = 300


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sound.h5"
    save(path, small_project(), trained_of(small_design()))
    return path


def in_one_process(path: Path, first: int) -> tuple[dict[int, str], int | None, str]:
    """Outcomes by copy, the copy at which the process ended early, and what it complained of."""
    scratch = path.with_name("damaged.h5")
    command = [sys.executable, "-m", "tests.engine.files.fuzz"]
    command += [str(path), str(first), str(COPIES), str(scratch)]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=180, check=False)
        said, complaint = done.stdout, done.stderr
    except subprocess.TimeoutExpired as stuck:
        said, complaint = stuck.stdout or b"", b""
    lines = [line.split() for line in said.decode().splitlines()]
    ended = {int(line[1]): " ".join(line[2:]) for line in lines if line[0] == "end"}
    begun = [int(line[1]) for line in lines if line[0] == "begin"]
    broke = begun[-1] if begun and begun[-1] not in ended else None
    return ended, broke, complaint.decode()


def test_random_damage_is_refused_or_does_no_harm(path: Path) -> None:
    outcomes: dict[int, str] = {}
    first: int | None = 0
    while first is not None and first < COPIES:
        ended, broke, complaint = in_one_process(path, first)
        assert "Traceback" not in complaint, complaint
        outcomes |= ended
        if broke is not None:
            outcomes[broke] = opened_for_real(path, broke)
        first = None if broke is None else broke + 1
    assert sorted(outcomes) == list(range(COPIES))
    counts = Counter(outcomes.values())
    assert set(counts) == {"same", "refused"}, counts
    assert counts["refused"] > COPIES / 3


def opened_for_real(path: Path, seed: int) -> str:
    """What the sandbox makes of a copy that ended a process."""
    copy = path.with_name("copy.h5")
    copy.write_bytes(damaged(path.read_bytes(), seed))
    with pytest.raises(FileError, match="damaged"):
        read(copy, seconds=3)
    return "refused"


# ── the sandbox ─────────────────────────────────────────────────────────────────────────────


def test_a_file_that_takes_too_long_is_given_up(path: Path) -> None:
    with pytest.raises(FileError, match=r"took longer than 0\.01 seconds"):
        read(path, seconds=0.01)


@contextmanager
def sandbox_running(script: str) -> Generator[Sandbox]:
    """The parent's side of a process that does something else."""
    command = [sys.executable, "-c", script]
    process = subprocess.Popen(command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    yield Sandbox(process, 20)
    process.communicate()


def test_a_process_that_dies_is_a_refusal() -> None:
    with sandbox_running("") as file, pytest.raises(Refused, match="reading it failed"):
        file.attributes([("", "model_config")])


def test_a_process_that_dies_within_an_array_is_a_refusal() -> None:
    header = r"""input(); print('{"dtype": "<f4", "shape": [1000]}', flush=True); print("abc")"""
    with sandbox_running(header) as file, pytest.raises(Refused, match="reading it failed"):
        list(file.arrays([Wanted("a", "a", (1000,))]))


def test_a_process_that_answers_with_objects_is_a_refusal() -> None:
    header = r"""input(); print('{"dtype": "|O", "shape": [1]}', flush=True)"""
    with sandbox_running(header) as file, pytest.raises(Refused, match="damaged"):
        list(file.arrays([Wanted("a", "a", (1,))]))


def test_nothing_is_imported_from_the_current_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("h5py", "json", "numpy", "engine"):
        path.with_name(f"{name}.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(path.parent)
    assert read(Path("sound.h5")).trained is not None


def test_the_parent_never_imports_h5py_to_open_a_file(path: Path) -> None:
    script = (
        "import sys; from engine.files import read; read(sys.argv[1]); print('h5py' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


# ── the file system ─────────────────────────────────────────────────────────────────────────


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no such file"):
        read(tmp_path / "nowhere.h5")


def test_a_name_that_cannot_be_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read(tmp_path / ("n" * 300))


@pytest.fixture
def nobody(path: Path) -> Iterator[None]:
    """Runs the test without a superuser's rights, the folder being open to all."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights of files work otherwise here")
    before = os.geteuid()
    for folder in path.parents:
        if "pytest" in folder.name or folder == path.parent:
            folder.chmod(0o755)
    if before == 0:
        os.seteuid(65534)
    yield
    os.seteuid(before)


def test_case_29_a_file_without_permission_is_named(
    path: Path, request: pytest.FixtureRequest
) -> None:
    path.chmod(0)
    request.getfixturevalue("nobody")
    with pytest.raises(FileError, match=r"sound\.h5: there is no permission to read it"):
        read(path)


def test_a_file_that_another_program_has_locked_is_said(path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(FileError, match="locked by another program"):
            read(path)
