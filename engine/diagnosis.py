"""What the curves of a run say in plain words: overfitting and plateaus, with the evidence.

Cautious by design: means over several epochs are compared, against the noise from epoch to epoch,
so that a curve that only jitters is called nothing worse than flat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.project import EpochRecord

LEAST_RISE = 0.05  # of the best loss, averaged
LEAST_FALL = 0.01  # of the training loss meanwhile
LEAST_SINCE_BEST = 8  # epochs
LEAST_WINDOW = 5  # epochs of which means are taken
MOST_AROUND = 9  # epochs around the best
NOISES = 4.0  # standard errors by which two means have to differ
FLAT = 0.005  # change over a plateau, as a share of the loss
MOST_ALIKE = 0.9
MOST_RECENT = 50  # epochs
LEAST_PLATEAU = 20  # epochs


@dataclass(frozen=True)
class Finding:
    """Something that has happened, since which epoch, and a sentence with the evidence."""

    kind: Literal["overfitting", "plateau"]
    since: int
    message: str


def diagnose(history: Sequence[EpochRecord]) -> tuple[Finding, ...]:
    """What the losses of these epochs show; nothing while all goes well."""
    validated = [each for each in history if "loss" in each.validation]
    training = np.array([each.training.get("loss", np.nan) for each in history])
    epochs = np.array([each.epoch for each in history])
    validation = np.array([each.validation["loss"] for each in validated])
    if len(validated) < len(history):
        validation = np.empty(0)
    return diagnose_losses(epochs, training, validation)


def diagnose_losses(
    epochs: np.ndarray, training: np.ndarray, validation: np.ndarray
) -> tuple[Finding, ...]:
    """The same of losses by epoch; `validation` is empty where no rows are held back."""
    if not np.isfinite(training).all() or not np.isfinite(validation).all():
        return ()
    found = None
    if len(validation) == len(training):
        found = _overfitting(epochs, training, validation)
    found = found or _plateau(epochs, training)
    return (found,) if found else ()


def _overfitting(
    epochs: np.ndarray, training: np.ndarray, validation: np.ndarray
) -> Finding | None:
    if len(validation) <= LEAST_SINCE_BEST:
        return None
    best = int(validation.argmin())
    since = len(validation) - 1 - best
    if since < LEAST_SINCE_BEST:
        return None
    window = max(LEAST_WINDOW, since // 3)
    near = min(window, MOST_AROUND) // 2
    around = slice(max(0, best - near), best + near + 1)
    # Without the lowest itself, which noise may have made the lowest.
    low = float(np.delete(validation[around], best - around.start).mean())
    middle = float(validation[best + since // 2 - window // 2 :][:window].mean())
    high = float(validation[-window:].mean())
    error = max(noise(validation), wandering(validation[best:]))
    error *= (1 / window + 1 / (2 * near)) ** 0.5
    least = max(NOISES * error, LEAST_RISE * abs(low))
    rises = high - low > least and middle - low > least / 2
    before, now = float(training[around].mean()), float(training[-window:].mean())
    fall = before - now
    falls = fall > max(LEAST_FALL * abs(before), noise(training) * (2 / window) ** 0.5)
    if not (rises and falls):
        return None
    return Finding(
        "overfitting",
        int(epochs[best]),
        f"Validation loss has risen for {since:,} epochs since its best at epoch "
        f"{epochs[best]:,} ({_written(validation[best])} → {_written(high)}) while training loss "
        f"fell ({_written(before)} → {_written(now)}): overfitting.",
    )


def _plateau(epochs: np.ndarray, training: np.ndarray) -> Finding | None:
    window = LEAST_PLATEAU
    if len(training) < 1.5 * window or not _is_flat(training[-window:]):
        return None
    while 2 * window <= len(training) and _is_flat(training[-2 * window :]):
        window *= 2
    part = training[-window:]
    quarter = max(1, window // 4)
    start, end = part[:quarter].mean(), part[-quarter:].mean()
    return Finding(
        "plateau",
        int(epochs[-window]),
        f"Training loss has hardly changed for {window:,} epochs, since epoch "
        f"{epochs[-window]:,} ({_written(start)} → {_written(end)}): a plateau.",
    )


def _is_flat(values: np.ndarray) -> bool:
    """Whether the straight line through the values hardly moves, as far as noise lets one see."""
    across = np.linspace(-0.5, 0.5, len(values))
    slope = float(across @ (values - values.mean()) / (across @ across))
    unsure = noise(values) / float(across @ across) ** 0.5
    return abs(slope) + 2 * unsure <= FLAT * abs(float(values.mean()))


def noise(values: np.ndarray) -> float:
    """The standard deviation from one value to the next, of which a trend is no part."""
    if len(values) < 3:
        return 0.0
    steps = np.diff(values)
    typical = 1.4826 * np.median(np.abs(steps - np.median(steps)))
    recent = np.std(steps[-MOST_RECENT:])  # the median of few steps is hardly one of their noise
    return float(max(typical, recent) / 2**0.5)


def _written(value: float) -> str:
    return f"{value:.3g}"


def wandering(values: np.ndarray) -> float:
    """The same for noise of which each value leans on the one before, beside a smooth bend."""
    across = np.linspace(-1.0, 1.0, len(values))
    rest = values - np.polynomial.Polynomial.fit(across, values, 2)(across)
    spread = float(rest.std())
    if not spread:
        return 0.0
    alike = float(np.clip((rest[1:] * rest[:-1]).mean() / spread**2, 0.0, MOST_ALIKE))
    return spread * ((1 + alike) / (1 - alike)) ** 0.5
