#!/usr/bin/env python3
"""Makes the environment, then runs, tests, checks, measures or translates Glasswork.

    python3 dev.py run [FILE.h5 | subcommand …]   the program
    python3 dev.py test [--interop] [--coverage] [pytest's arguments]
    python3 dev.py lint                           style, types and import contracts only
    python3 dev.py benchmark NAME                 a file of benchmarks/, such as training
    python3 dev.py translate [CODE …]             brings languages up to date, or begins one

Needs Python 3.11 or newer and nothing else; what it installs goes into .venv.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Glasswork needs Python 3.11 or newer, and this is Python %d.%d; "
        "get one from https://www.python.org/downloads/ and run dev.py with it."
        % sys.version_info[:2]
    )

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "glasswork.json"

# What Qt loads from the system on Linux, and the Debian package of each.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
# Programs that the desktop tests drive the real window with.
PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool"}
# Per cent of the branches that tests have to reach.
COVERAGE = {"engine": 95, "gui": 85}
# Benchmarks that compare with others, or draw: they need what the program itself does not.
COMPARING = {"training", "scaling", "startup"}
SHOWING = {"startup", "window"}


# ── the environment ─────────────────────────────────────────────────────────────────────────


def prepare(*extras: str) -> None:
    """Makes .venv if there is none, and installs what pyproject.toml asks for if that changed."""
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if not _has_pip():
        _make_environment()
    stamp = json.loads(STAMP.read_text()) if STAMP.exists() else {"project": "", "extras": []}
    wanted = sorted({*extras, *stamp["extras"]})
    if stamp == {"project": project, "extras": wanted}:
        return
    say("Installing what Glasswork needs into .venv; the first time takes a few minutes.")
    target = f".[{','.join(wanted)}]" if wanted else "."
    call("-m", "pip", "install", "-qq", "--disable-pip-version-check", "-e", target)
    STAMP.write_text(json.dumps({"project": project, "extras": wanted}))


def _has_pip() -> bool:
    check = [PYTHON, "-m", "pip", "--version"]
    return PYTHON.exists() and subprocess.run(check, capture_output=True).returncode == 0


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        # Debian keeps this part of the standard library in a package of its own.
        need(["python%d.%d-venv" % sys.version_info[:2]], "Python's venv module is incomplete")
    say(f"Making an environment in {VENV}")
    venv.create(VENV, with_pip=True, clear=True)


# ── the system ──────────────────────────────────────────────────────────────────────────────


def check_libraries() -> None:
    """Sees to the system libraries that Qt needs on Linux."""
    if sys.platform == "linux":
        missing = [library for library in LIBRARIES if not _loads(library)]
        if missing:
            packages = [LIBRARIES[library] for library in missing]
            need(packages, f"Qt may not start: {', '.join(missing)} not found", fatal=False)


def check_programs() -> bool:
    """Whether the desktop tests can run here: they need an X server of their own."""
    if sys.platform == "linux":
        missing = [package for name, package in PROGRAMS.items() if not shutil.which(name)]
        if missing:
            need(missing, "The desktop tests cannot run", fatal=False)
    return all(shutil.which(name) for name in PROGRAMS)


def need(packages: list[str], reason: str, *, fatal: bool = True) -> None:
    """Installs Debian packages where it may; elsewhere says which are missing."""
    command = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.name == "posix" and os.geteuid() == 0:
        say(f"{reason}; installing {' '.join(packages)}.")
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        return
    advice = (
        f"{reason}.\nOn Debian or Ubuntu: sudo apt-get install {' '.join(packages)}\n"
        "Elsewhere: install the packages that hold the same."
    )
    if fatal:
        sys.exit(advice)
    say(advice)


def say(text: str) -> None:
    """On standard error, since standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


# ── the commands ────────────────────────────────────────────────────────────────────────────


def run(arguments: list[str]) -> int:
    """The program itself, with the arguments as they are."""
    prepare()
    check_libraries()
    return python(str(ROOT / "main.py"), *arguments)


def test(arguments: list[str]) -> int:
    """All tests: first without a screen, then the desktop tests on an X server of their own."""
    options = {"--interop", "--coverage"} & {*arguments}
    rest = [each for each in arguments if each != "--coverage"]
    prepare("test", *(["interop"] if "--interop" in options else []))
    check_libraries()
    desktop = check_programs()
    os.chdir(ROOT)
    runner = ["-m", "coverage", "run", "-m"] if "--coverage" in options else ["-m"]
    if "--coverage" in options:
        call("-m", "coverage", "erase")
    failed = python(*runner, "pytest", *rest)
    everything = not rest or rest == ["--interop"]
    if everything and desktop and not failed:
        failed = python(*runner, "pytest", "--desktop")
    if "--coverage" in options:
        failed = coverage() or failed
    return failed


def coverage() -> int:
    """Branch coverage in a line for each half of the code; 1 where one has too little."""
    call("-m", "coverage", "combine", "--quiet")
    failed = 0
    for folder, least in COVERAGE.items():
        report = [PYTHON, "-m", "coverage", "report", f"--include={folder}/*", "--format=total"]
        total = int(subprocess.run(report, stdout=subprocess.PIPE, check=True).stdout)
        print(f"{folder}: {total} % covered by branch; at least {least} % are asked for")
        failed = failed or int(total < least)
    return failed


def lint(arguments: list[str]) -> int:
    """Style, types, import contracts and sizes: the tests of the architecture."""
    prepare("test")
    os.chdir(ROOT)
    return python("-m", "pytest", "-q", "tests/architecture", *arguments)


def benchmark(arguments: list[str]) -> int:
    """One of the benchmarks, by name."""
    names = sorted(path.stem for path in (ROOT / "benchmarks").glob("[a-z]*.py"))
    if not arguments or arguments[0] not in names:
        sys.exit(f"Name a benchmark: {', '.join(names)}.")
    if arguments[0] in COMPARING:
        say("This benchmark compares: PyTorch, pyqtgraph and Matplotlib are installed if missing.")
        prepare("benchmark")
    else:
        prepare()
    if arguments[0] in SHOWING:
        check_libraries()
    os.chdir(ROOT)
    return python("-m", f"benchmarks.{arguments[0]}", *arguments[1:])


def translate(arguments: list[str]) -> int:
    """The texts of the window into the files of languages; see resources/translate.py."""
    prepare()
    os.chdir(ROOT)
    return python("-m", "resources.translate", *arguments)


def python(*arguments: str) -> int:
    """Runs the environment's Python, and gives its exit code."""
    return subprocess.run([PYTHON, *arguments]).returncode


def call(*arguments: str) -> None:
    """Runs the environment's Python, and ends with its exit code if it fails."""
    code = python(*arguments)
    if code:
        sys.exit(code)


COMMANDS = {
    "run": run,
    "test": test,
    "lint": lint,
    "benchmark": benchmark,
    "translate": translate,
}


def main() -> int:
    """Carries out the command named first; the rest belongs to it."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        asked_for_help = sys.argv[1:] in (["-h"], ["--help"])
        print(__doc__, file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    try:
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except KeyboardInterrupt:
        return 130
    except subprocess.CalledProcessError as error:
        sys.exit(f"This did not work: {' '.join(map(str, error.cmd))}")


if __name__ == "__main__":
    sys.exit(main())
