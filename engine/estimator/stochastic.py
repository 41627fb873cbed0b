"""Training by mini-batches: the engine's trainer, watched as scikit-learn watches its own."""

import warnings
from dataclasses import replace

from engine.control import Control
from engine.data.dataset import Prepared
from engine.errors import TrainingError
from engine.estimator.goal import Goal
from engine.estimator.objective import Penalty
from engine.estimator.scoring import Score
from engine.estimator.settings import Settings
from engine.estimator.watch import Curves, Watch
from engine.events import EpochDone, TrainingFinished, TrainingStarted
from engine.project import Arrays, EpochRecord, Progress, Project, Trained
from engine.session import Session
from engine.trainer import Trainer


class Fit:
    """One run of the trainer: as many epochs as the project says, or fewer.

    `shortfall` says afterwards how it failed to converge.
    """

    def __init__(
        self,
        settings: Settings,
        goal: Goal,
        project: Project,
        prepared: Prepared,
        trained: Trained | None,
        curves: Curves,
    ) -> None:
        control = Control()
        self.goal, self.watch = goal, Watch(settings, curves, control)
        self.trainer = Trainer(project, prepared=prepared, trained=trained, control=control)
        self.session = self.trainer.session
        self.score = Score(prepared) if settings.early_stopping else None
        self.penalty = Penalty(self.session.network)
        self.before = self.penalty.now()
        self.best: Arrays = {}
        self.shortfall = ""

    def run(self) -> Session:
        """Trains. Raises TrainingError where the loss or a weight is not finite any more."""
        try:
            for event in self.trainer.run():
                self._take(event)
        except KeyboardInterrupt:
            warnings.warn("training was interrupted; it stands where it was", stacklevel=6)
        if not self.watch.content:
            self.shortfall = f"after {self.watch.curves.epochs:,} epochs"
        if self.best:
            self.session.network.load(self.best)
        return self.session

    def _take(self, event: object) -> None:
        if isinstance(event, EpochDone):
            self._epoch_ended(event.record)
        elif isinstance(event, TrainingStarted):
            for note in event.notes:
                warnings.warn(note, stacklevel=7)
        elif isinstance(event, TrainingFinished) and event.reason == "not finite":
            raise TrainingError(event.message)

    def _epoch_ended(self, record: EpochRecord) -> None:
        session, watch = self.session, self.watch
        score = self._score_now if self.score else None
        loss = record.training["loss"] / self.goal.shares + self._mean_penalty()
        watch.epoch_ended(loss, session.gathering.rows, score)
        if watch.improved:
            self.best = session.network.arrays()

    def _score_now(self) -> float:
        assert self.score is not None
        return self.score.of(self.session.network)

    def _mean_penalty(self) -> float:
        """The mean over the steps of the epoch just done, each taken before its update.

        It is measured at the ends of epochs alone, and taken to have moved evenly in between.
        """
        session, before = self.session, self.before
        steps = -(-session.gathering.rows // session.batch)
        self.before = self.penalty.now()
        return before + (self.before - before) * (steps - 1) / (2 * steps)


def going_on(project: Project, trained: Trained, *, anew: bool) -> tuple[Project, Trained]:
    """What training begins with where it goes on: as many epochs more as the project says.

    `anew` forgets the optimizer's state. An epoch that was interrupted is left as it is: the rows
    may be others now.
    """
    epoch, epochs = trained.progress.epoch, project.training.epochs
    project = project.edited(training=project.training.edited(epochs=epoch + epochs))
    if anew:
        return project, replace(trained, slots={}, best={}, progress=Progress(epoch=epoch))
    return project, replace(trained, progress=replace(trained.progress, row=0, sums=()))
