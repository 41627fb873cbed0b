"""What every test stands on: a home of its own, repeatable examples, two kinds run on demand."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("KERAS_BACKEND", "torch")

settings.register_profile("glasswork", derandomize=True, deadline=None, database=None)
settings.load_profile("glasswork")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--interop", action="store_true", help="also run against Keras and the like")
    parser.addoption("--desktop", action="store_true", help="run the desktop tests, and only those")
    kills = "how many programs the test of recovery kills while they are being worked in"
    parser.addoption("--kills", type=int, default=8, help=kills)
    sequences = "how many random sequences of up to 50 edits the scene has to follow"
    parser.addoption("--sequences", type=int, default=200, help=sequences)
    events = "how many random clicks, keys and drags the window has to bear"
    parser.addoption("--events", type=int, default=2_000, help=events)


def pytest_configure(config: pytest.Config) -> None:
    # Before any test module can make a QApplication: there is one platform a process.
    os.environ["QT_QPA_PLATFORM"] = "xcb" if config.getoption("--desktop") else "offscreen"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    desktop, interop = config.getoption("--desktop"), config.getoption("--interop")
    others = [item for item in items if bool(item.get_closest_marker("desktop")) != desktop]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]
    if not interop:
        for item in items:
            if item.get_closest_marker("interop"):
                item.add_marker(pytest.mark.skip(reason="runs with --interop"))


@pytest.fixture(scope="session", autouse=True)
def home() -> Iterator[Path]:
    """Settings, recent files and recovery copies of the tests, away from the person's own."""
    with tempfile.TemporaryDirectory() as folder:
        before = os.environ.get("GLASSWORK_HOME")
        os.environ["GLASSWORK_HOME"] = folder
        yield Path(folder)
        if before is None:
            del os.environ["GLASSWORK_HOME"]
        else:
            os.environ["GLASSWORK_HOME"] = before
