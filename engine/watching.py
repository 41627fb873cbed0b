"""What is decided once an epoch from the watched loss: stopping early, lowering the rate."""

from engine.project import EarlyStopping, Progress
from engine.schedules import ReduceOnPlateau, Schedule


class Stopper:
    """Early stopping as Keras defines it: no fall by `min_delta` for `patience` epochs."""

    def __init__(self, recipe: EarlyStopping, progress: Progress) -> None:
        self.recipe = recipe
        self.best, self.best_epoch, self.wait = progress.best, progress.best_epoch, progress.wait

    @property
    def keeps_best(self) -> bool:
        """Whether the weights of the best epoch are to be kept."""
        return self.recipe.patience > 0 and self.recipe.restore_best

    def improved(self, epoch: int, loss: float) -> bool:
        """Takes note of an epoch's watched loss; says whether it is the best so far."""
        if self.best is None or loss < self.best - self.recipe.min_delta:
            self.best, self.best_epoch, self.wait = loss, epoch, 0
            return True
        self.wait += 1
        return False

    @property
    def due(self) -> bool:
        """Whether training is to end."""
        return 0 < self.recipe.patience <= self.wait


class Plateau:
    """The factor of `ReduceOnPlateau`, which depends on what happened (Keras, same name)."""

    def __init__(self, schedule: Schedule, progress: Progress) -> None:
        self.schedule = schedule
        self.factor, self.best, self.wait = progress.plateau

    def watch(self, loss: float) -> None:
        """Takes note of an epoch's watched loss."""
        if not isinstance(self.schedule, ReduceOnPlateau):
            return
        if self.best is None or loss < self.best - self.schedule.min_delta:
            self.best, self.wait = loss, 0
            return
        self.wait += 1
        if self.wait >= self.schedule.patience:
            self.factor = max(self.factor * self.schedule.by, self.schedule.least)
            self.wait = 0

    @property
    def state(self) -> tuple[float, float | None, int]:
        """What `Progress` keeps of it."""
        return self.factor, self.best, self.wait
