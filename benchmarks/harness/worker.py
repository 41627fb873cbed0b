"""A contender in a process of its own: times itself each time it is told "run".

    python -m benchmarks.harness.worker CONTENDER CASE [SECONDS]

Prints one line when it is warm, then seconds on the clock and of the processor, per step.
"""

import math
import sys

from benchmarks.harness.cases import Case
from benchmarks.harness.contenders import Run, enter


def main() -> None:
    """Runs until there is nothing more to read."""
    contender, text, least = sys.argv[1:]
    case = Case.from_json(text)
    run = enter(contender, case)
    epochs = epochs_for(run, float(least))
    print("ready", flush=True)
    for _ in sys.stdin:
        print(*(seconds / (epochs * case.steps) for seconds in run(epochs)), flush=True)


def epochs_for(run: Run, least: float) -> int:
    """How many epochs take at least so many seconds, once everything is warm."""
    run(1)  # imports and compiles what is left until it is needed
    epochs, seconds = 1, run(1)[0]
    while seconds < least:
        epochs = math.ceil(epochs * min(100, 1.2 * least / seconds))
        seconds = run(epochs)[0]
    return epochs


if __name__ == "__main__":
    main()
