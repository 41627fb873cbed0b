"""How long a person waits for the window, and a script for `import engine`; warm, median.

Each run is a new interpreter. A bare PySide6 window with one empty pyqtgraph plot stands beside
it: no program with these libraries can be faster than that.

    python3 dev.py benchmark startup [runs]
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path

NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
ROOT = Path(__file__).resolve().parents[1]

# Ends when the window has been painted for the first time, not when show() returns.
PAINTED = """
import sys
from PySide6.QtCore import QObject, QEvent, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, app.quit)
        return False
app = QApplication.instance()
watch = Watch()
app.installEventFilter(watch)
window.show()
app.exec()
window.close()
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
"""
GLASSWORK = """
from PySide6.QtWidgets import QApplication
from gui.app import create_window
window = create_window()
"""
CASES = {
    "import engine": "import engine",
    "bare window": BARE + PAINTED,
    "Glasswork's window": GLASSWORK + PAINTED,
}


def seconds(program: str) -> float:
    """Seconds from the first line of a fresh interpreter to the last of `program`."""
    timed = (
        f"import time; began = time.perf_counter()\n{program}\n"
        "import os; print(time.perf_counter() - began, flush=True); os._exit(0)"
    )
    # Warm means that bytecode is kept; and where there is no screen, none is needed.
    kept = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    done = subprocess.run(
        [sys.executable, "-c", timed],
        cwd=ROOT,
        env=kept | ({} if kept.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return float(done.stdout.split()[-1])


def main() -> None:
    """Prints a line for each case."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    for name, program in CASES.items():
        seconds(program)  # the first run fills the disk's cache
        times = [seconds(program) for _ in range(runs)]
        print(
            f"{name:20}{statistics.median(times) * 1000:6.0f} ms   (best {min(times) * 1000:.0f})"
        )


if __name__ == "__main__":
    main()
