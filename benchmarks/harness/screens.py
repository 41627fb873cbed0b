"""Where windows are shown while they are measured: nowhere, and on an X server without a screen."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager

SIZE = "1920x1080x24"


@contextmanager
def offscreen() -> Generator[dict[str, str]]:
    """The environment of windows that nobody could see."""
    yield os.environ | {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def x_server() -> Generator[dict[str, str]]:
    """The environment of windows on an X server of their own."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        number = server.stdout.readline().strip()
        try:
            yield os.environ | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
        finally:
            server.terminate()


SCREENS = {"offscreen": offscreen}
if sys.platform == "linux" and shutil.which("Xvfb"):
    SCREENS["xcb on Xvfb"] = x_server
