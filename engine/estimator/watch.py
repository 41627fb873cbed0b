"""What is decided after each epoch as scikit-learn decides it: to stop, or to lower the rate."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from engine.control import Control
from engine.estimator.settings import Settings

# "adaptive" divides the rate by this, and ends where it has fallen so far.
DIVISOR, LEAST_RATE = 5.0, 1e-6


@dataclass
class Curves:
    """What is kept of the epochs, over several calls where training goes on.

    `loss` is the last one. `best_loss` is None where scores decide; `scores` and `best_score` are
    None where the loss does.
    """

    losses: list[float] = field(default_factory=list)
    loss: float | None = None
    best_loss: float | None = None
    scores: list[float] | None = None
    best_score: float | None = None
    rows_seen: int = 0
    epochs: int = 0
    waited: int = 0

    def note(self, loss: float, rows: int) -> None:
        """An epoch over `rows` rows has ended with this loss."""
        self.loss = loss
        self.losses.append(loss)
        self.epochs += 1
        self.rows_seen += rows

    def going_on(self, *, anew: bool) -> "Curves":
        """The same, to be continued by another call."""
        scores = None if self.scores is None else list(self.scores)
        waited = 0 if anew else self.waited
        return replace(self, losses=list(self.losses), scores=scores, epochs=0, waited=waited)


def say(settings: Settings, text: str) -> None:
    """A line for a person who asked for them."""
    if settings.verbose:
        sys.stdout.write(f"{text}\n")


class Watch:
    """Sees each epoch's loss and, with early stopping, the score on the validation rows."""

    def __init__(self, settings: Settings, curves: Curves, control: Control) -> None:
        self.settings, self.curves, self.control = settings, curves, control
        self.rate = settings.learning_rate_init
        self.improved = False

    def epoch_ended(self, loss: float, rows: int, score: Callable[[], float] | None) -> None:
        """Takes note of an epoch; may tell the control to stop, or set another rate."""
        curves = self.curves
        curves.note(loss, rows)
        self._say(f"epoch {curves.epochs:,}: loss {loss:.6g}")
        progressed = self._by_loss(loss) if score is None else self._by_score(score())
        curves.waited = 0 if progressed else curves.waited + 1
        if self._schedule == "invscaling":
            power = self.settings.power_t
            self._set_rate(self.settings.learning_rate_init / (curves.rows_seen + 1) ** power)
        if curves.waited > self.settings.patience:
            self._lower_or_stop("training loss" if score is None else "validation score")

    @property
    def content(self) -> bool:
        """Whether training has ended as it should, or was to go on to its last epoch anyway."""
        return self.control.stop or self.settings.patience == float("inf")

    def _say(self, text: str) -> None:
        say(self.settings, text)

    @property
    def _schedule(self) -> str:
        return self.settings.learning_rate if self.settings.solver == "sgd" else "constant"

    def _by_loss(self, loss: float) -> bool:
        curves, tol = self.curves, self.settings.tol
        best = float("inf") if curves.best_loss is None else curves.best_loss
        curves.best_loss = min(loss, best)
        return loss <= best - tol

    def _by_score(self, score: float) -> bool:
        curves, tol = self.curves, self.settings.tol
        best = float("-inf") if curves.best_score is None else curves.best_score
        curves.scores = curves.scores or []
        curves.scores.append(score)
        self._say(f"  score on the validation rows {score:.6g}")
        self.improved = score > best
        curves.best_score = score if self.improved else best
        return score >= best + tol

    def _lower_or_stop(self, what: str) -> None:
        tol, patience = self.settings.tol, self.settings.patience
        said = f"no progress of the {what} by {tol:g} in more than {patience:g} epochs:"
        if self._schedule == "adaptive" and self.rate > LEAST_RATE:
            self._set_rate(self.rate / DIVISOR)
            self.curves.waited = 0
            self._say(f"{said} the learning rate falls to {self.rate:g}")
            return
        self._say(f"{said} training ends")
        self.control.stop = True

    def _set_rate(self, rate: float) -> None:
        self.rate = self.control.learning_rate = rate
