"""L-BFGS over the flat vector of parameters, all rows in every step, by SciPy."""

from collections.abc import Mapping
from time import perf_counter
from types import MappingProxyType
from typing import Any

import numpy as np

from engine import threads
from engine.data.dataset import Prepared
from engine.errors import TrainingError
from engine.estimator.goal import Goal
from engine.estimator.objective import Penalty
from engine.estimator.settings import Settings
from engine.estimator.watch import Curves, say
from engine.project import EpochRecord, Project, Trained
from engine.session import Session
from engine.update import penalties


class Objective:
    """The loss of all training rows with its penalties, and its gradient, at given parameters.

    `penalty` is that of the last call.
    """

    def __init__(self, session: Session) -> None:
        self.session, self.penalty = session, 0.0
        network, gathering = session.network, session.gathering
        self.plan = network.plan(
            gathering.rows,
            training=True,
            loss=session.loss,
            weighted=gathering.weighted,
            gradients=session.gradients,
        )
        self.truth = gathering.fill(self.plan, 0, gathering.rows)
        self.penalties = penalties(network, session.gradients)
        self.penalty_of_weights = Penalty(network)

    def __call__(self, parameters: np.ndarray) -> tuple[float, np.ndarray]:
        """(value, gradient), in float64 as SciPy works."""
        self.session.network.parameters[:] = parameters
        with np.errstate(all="ignore"):
            self.plan.run()
            for kernel in self.penalties:
                kernel()
            value = float(self.losses().mean(dtype=np.float64))
            self.penalty = self.penalty_of_weights.now()
        return value + self.penalty, self.session.gradients.astype(np.float64)

    def losses(self) -> np.ndarray:
        """The weighted loss of each row at the point of the last call."""
        plan, loss = self.plan, self.session.loss
        losses = loss.rows(plan.outputs[0], plan.targets.T, fused=plan.fused)
        return losses if plan.weights is None else losses * plan.weights

    def figures(self) -> Mapping[str, float]:
        """Loss and metrics at the point of the last call."""
        plan, scores = self.plan, self.session.scores
        sums = scores.sums(plan.outputs[0], self.truth.T, self.losses(), logits=plan.fused)
        return scores.figures(sums)


class Fit:
    """One run of SciPy's L-BFGS-B; `shortfall` says afterwards how it failed to converge."""

    def __init__(
        self,
        settings: Settings,
        goal: Goal,
        project: Project,
        prepared: Prepared,
        trained: Trained | None,
        curves: Curves,
    ) -> None:
        self.settings, self.goal, self.curves = settings, goal, curves
        self.session = Session(project, prepared, trained)
        _require_no_noise(self.session)
        self.objective = Objective(self.session)
        self.started = perf_counter()
        self.shortfall = ""

    def run(self) -> Session:
        """Goes to an optimum. Raises TrainingError where a weight is not finite any more."""
        from scipy.optimize import minimize

        session, settings = self.session, self.settings
        limits = {"maxfun": settings.max_fun, "maxiter": settings.max_iter, "gtol": settings.tol}
        start = session.network.parameters.astype(np.float64)
        with threads.limit(session.threads):
            found = minimize(
                self.objective,
                start,
                method="L-BFGS-B",
                jac=True,
                callback=self._iteration_ended,
                options=limits,
            )
        session.network.parameters[:] = found.x
        if not np.isfinite(found.fun) or not session.finite:
            raise TrainingError("the loss was not finite: scale the columns of X before fitting")
        self.curves.loss = self._reported(found.fun)
        self.curves.best_loss = min((*self.curves.losses, self.curves.loss))
        if found.status:
            self.shortfall = (
                f"after {found.nit:,} iterations ({found.message.strip(' :.').lower()})"
            )
        return session

    def _iteration_ended(self, intermediate_result: Any) -> None:
        # SciPy gives this by its name; the last call was at the point that it accepted.
        session = self.session
        self.curves.note(self._reported(intermediate_result.fun), session.gathering.rows)
        say(self.settings, f"iteration {self.curves.epochs:,}: loss {self.curves.losses[-1]:.6g}")
        session.epoch += 1
        record = EpochRecord(
            epoch=session.epoch,
            training=self.objective.figures(),
            validation=MappingProxyType({}),
            learning_rate=1.0,
            seconds=perf_counter() - self.started,
            rows=session.gathering.rows,
        )
        session.history.append(record)
        self.started = perf_counter()

    def _reported(self, value: float) -> float:
        """The loss at the point last called, as scikit-learn gives it: see `Goal`."""
        penalty = self.objective.penalty
        return (value - penalty) / self.goal.shares + penalty


def _require_no_noise(session: Session) -> None:
    noisy = [step.layer for step in session.network.steps if step.op.random]
    if noisy:
        name = session.network.design.node(noisy[0]).name
        raise TrainingError(
            f"{name} draws noise, and L-BFGS needs the same loss at the same weights: take solver "
            "'adam' or 'sgd', or a design without noise"
        )
