"""The numbers of a training under way: network, batches, optimizer, and where it stands."""

from collections.abc import Hashable
from dataclasses import dataclass
from time import perf_counter
from types import MappingProxyType
from typing import Any

import numpy as np

from engine import seeds, threads
from engine.data.dataset import Prepared
from engine.gathering import gathering_of
from engine.judging import Judge, Outputs, Part
from engine.losses import resolve
from engine.network import Network, frozen_copies
from engine.plan import Plan
from engine.project import Arrays, EpochRecord, Progress, Project, Trained
from engine.scores import Scores, add_up
from engine.steps import Steps
from engine.update import Update
from engine.watching import Plateau, Stopper

# A chunk is at most this many batches and, unless one batch is larger, this many bytes of rows:
# an event for each batch would cost a small network a third of its speed.
CHUNK_BATCHES, CHUNK_BYTES = 64, 1 << 20


@dataclass(frozen=True)
class Chunk:
    """What a chunk of batches came to: rows done, each batch's loss, the sums of `Scores`."""

    rows: int
    losses: np.ndarray
    sums: np.ndarray
    learning_rate: float
    seconds: float

    @property
    def finite(self) -> bool:
        """Whether every batch had a finite loss."""
        return bool(np.isfinite(self.losses).all())


class Session:
    """Goes on from `trained` bit for bit, or from initial weights.

    `epoch` and `row` say where it stands; `advance` trains on the next batches.
    """

    def __init__(self, project: Project, prepared: Prepared, trained: Trained | None) -> None:
        self.recipe, self.prepared = project.training, prepared
        start = trained.progress if trained else Progress()
        self.seed = trained.seed if trained else self.recipe.seed
        self.network = Network(
            project.design,
            prepared.facts.width,
            seed=self.seed,
            dtype=self.recipe.precision,
            weights=trained.weights if trained else None,
        )
        self._set_up_rows()
        self._set_up_time(start)
        self._set_up_optimizer(start, trained)
        self._set_up_figures(start, trained)
        self._set_up_looking()

    # ── setting up ──────────────────────────────────────────────────────────────────────────

    def _set_up_rows(self) -> None:
        recipe, facts = self.recipe, self.prepared.facts
        self.loss = resolve(recipe.loss, facts.task, self.network.output_op)
        outputs = self.network.widths[self.network.output]
        balanced = recipe.class_weights == "balanced"
        last = self.network.last_op
        self.fused = self.loss.fuses is not None and isinstance(last, self.loss.fuses)
        self.gathering = gathering_of(
            self.prepared, self.loss, outputs, self.network.dtype, balanced
        )
        self.batch = self.gathering.batch(recipe.batch_size)

    def _set_up_time(self, start: Progress) -> None:
        self.epoch, self.row, self.seconds = start.epoch, start.row, start.seconds
        self.epochs = last_epoch(self.recipe.epochs, start)
        self.threads = threads.choose(self.recipe.threads, start, self._largest_product())
        layers = {step.layer for step in self.network.steps if step.op.random}
        self.generators = {i: seeds.generator(self.seed, i, "noise") for i in layers}
        for layer in layers & start.random.keys():
            self.generators[layer].bit_generator.state = start.random[layer]

    def _largest_product(self) -> int:
        """Multiplications in the largest matrix product of a step."""
        return self.batch * max(step.op.block_size for step in self.network.steps)

    def _set_up_optimizer(self, start: Progress, trained: Trained | None) -> None:
        network, optimizer = self.network, self.recipe.optimizer
        held = trained.slots if trained else {}
        self.slots = {
            name: np.full_like(network.parameters, optimizer.initial()) for name in optimizer.slots
        }
        self.slot_views = {n: network.trained_views(vector) for n, vector in self.slots.items()}
        for name, views in self.slot_views.items():
            for key, view in views.items():
                if key in held.get(name, {}):
                    view[...] = held[name][key]
        self.step = start.step if held.keys() == self.slots.keys() else 0
        self.gradients = np.zeros_like(network.parameters)
        self.update = Update(network, self.gradients, self.slots, self.recipe)
        self.steps: dict[int, Steps] = {}
        changed = start.recipe_rate != optimizer.learning_rate
        self.rate = optimizer.learning_rate
        if start.learning_rate is not None and not changed:
            self.rate = start.learning_rate

    def _set_up_figures(self, start: Progress, trained: Trained | None) -> None:
        target = self.prepared.preprocessing.target
        self.scores = Scores(self.prepared.facts, np.array(target.scale), np.array(target.mean))
        self.sums = np.array(start.sums) if start.sums else np.zeros(self.scores.size)
        self.history = list(trained.history) if trained else []
        self.best: Arrays = trained.best if trained else MappingProxyType({})
        self.stopper = Stopper(self.recipe.early_stopping, start)
        self.plateau = Plateau(self.recipe.schedule, start)

    def _set_up_looking(self) -> None:
        """What probes look at beside the network."""
        self.has_gradients = False
        self.epoch_start: np.ndarray | None = None
        self.kept: dict[Hashable, Any] = {}

    # ── training ────────────────────────────────────────────────────────────────────────────

    def begin_epoch(self, *, keeps_start: bool = False) -> None:
        """Deals the rows for the epoch under way, the same each time it is asked.

        `keeps_start` puts the weights aside, for a probe of what the epoch changes.
        """
        if self.recipe.shuffle:
            self.gathering.shuffle(self.seed, self.epoch)
        starts = keeps_start and self.row == 0
        self.epoch_start = self.network.parameters.copy() if starts else None

    @property
    def finite(self) -> bool:
        """Whether every weight and every moving figure is a finite number."""
        vectors = self.network.parameters, self.network.state
        return all(bool(np.isfinite(vector).all()) for vector in vectors)

    @property
    def time(self) -> float:
        """Where training stands, in epochs: 2.5 is half-way through the third."""
        return self.epoch + self.row / self.gathering.rows

    @property
    def epoch_ended(self) -> bool:
        """Whether every row of this epoch has been trained on."""
        return self.row >= self.gathering.rows

    def advance(self, most: int | None = None) -> Chunk:
        """Trains on the next batches of this epoch, at most `most` of them."""
        started = perf_counter()
        left = self.gathering.rows - self.row
        size = min(self.batch, left)
        steps = self._steps(size)
        plan = steps.plan
        batches = min(plan.slots, left // size, most or plan.slots)
        truth = self.gathering.fill(plan, self.row, batches * size)
        rates = self._rates(size, batches)
        numbers = self.recipe.optimizer.at(rates, self.step + np.arange(1.0, batches + 1))
        with np.errstate(all="ignore"):
            steps.run(batches, numbers)
            sums = self._account(plan, batches, truth)
        self.has_gradients = True
        self.step += batches
        self.row += batches * size
        self.sums = add_up(self.sums, sums)
        seconds = perf_counter() - started
        self.seconds += seconds
        losses, rate = sums[:, 1] / size, float(rates[-1])
        return Chunk(batches * size, losses, sums.sum(axis=0), rate, seconds)

    def _steps(self, size: int) -> Steps:
        """The steps for batches of this size, made when first needed."""
        if size not in self.steps:
            widths = self.network.widths
            row_bytes = (widths[0] + widths[self.network.output] + 2) * self.network.dtype.itemsize
            most = min(CHUNK_BATCHES, CHUNK_BYTES // (row_bytes * size))
            slots = max(1, min(most, self.gathering.rows // size))
            plan = self.network.plan(
                size,
                slots=slots if size == self.batch else 1,
                training=True,
                loss=self.loss,
                weighted=self.gathering.weighted,
                gradients=self.gradients,
                generators=self.generators,
            )
            self.steps[size] = Steps(plan, self.update, self.recipe.optimizer.numbers)
        return self.steps[size]

    def _account(self, plan: Plan, batches: int, truth: np.ndarray) -> np.ndarray:
        """The sums of `Scores` of each batch of the chunk just trained on."""
        outputs = plan.flat_outputs(batches)
        hits = self.scores.hits(outputs, truth.T, logits=plan.fused)
        losses = self._losses(outputs, truth, overwrite=True)
        if plan.weights is not None:
            losses = losses * plan.weights[: len(losses)]
        return self.scores.by_batch(losses, hits, batches)

    def _rates(self, size: int, batches: int) -> np.ndarray:
        """The learning rates of the next batches."""
        if self.recipe.schedule.steady and self.epoch >= self.recipe.warmup:
            return np.full(batches, self.rate * self.plateau.factor)
        starts = (self.row + number * size for number in range(batches))
        return np.array([self.rate_at(start, size) for start in starts])

    def rate_at(self, row: int, size: int) -> float:
        """The learning rate of the batch of `size` rows that begins at `row` of this epoch."""
        warmup, rows = self.recipe.warmup, self.gathering.rows
        time = self.epoch + row / rows
        if time < warmup:
            return self.rate * min(1.0, (time + size / rows) / warmup)
        factor = self.recipe.schedule.factor(time - warmup, max(1.0, self.epochs - warmup))
        return self.rate * factor * self.plateau.factor

    # ── judging ─────────────────────────────────────────────────────────────────────────────

    def measure(self, part: Part, most: int | None = None) -> Outputs | None:
        """Outputs and figures on one part of the rows; None where there are none.

        With `most`, of more rows than that only every second, third, … is looked at.
        """
        parts = self.prepared.rows
        rows = {"training": parts.train, "validation": parts.validation, "test": parts.test}[part]
        if not len(rows):
            return None
        total = len(rows)
        if most:
            rows = rows[:: -(-total // most)]
        judge = Judge(self.scores, len(rows), logits=self.fused)
        for X, truth in self.prepared.blocks(rows):
            values = self.network.predict(X, logits=self.fused)
            with np.errstate(all="ignore"):
                losses = self._losses(values.T, truth)
                judge.add(values, truth, losses)
        return judge.outputs(part, rows, total)

    def _losses(
        self, outputs: np.ndarray, truth: np.ndarray, *, overwrite: bool = False
    ) -> np.ndarray:
        """The loss of each row of `outputs (outputs, rows)`."""
        codes, how = self.gathering.codes, {"fused": self.fused, "overwrite": overwrite}
        if codes is None:
            return self.loss.rows(outputs, self.loss.targets(truth).T, **how)
        return self.loss.class_rows(outputs, truth, codes, **how)

    # ── keeping ─────────────────────────────────────────────────────────────────────────────

    def end_epoch(self, validation: Outputs | None, seconds: float) -> EpochRecord:
        """Closes the books of the epoch: history, the best weights, the schedule on a plateau."""
        training = self.scores.figures(self.sums)
        record = EpochRecord(
            epoch=self.epoch + 1,
            training=training,
            validation=validation.figures if validation else MappingProxyType({}),
            learning_rate=self.rate_at(0, self.batch),
            seconds=seconds,
            rows=int(self.sums[0]),
        )
        self.epoch, self.row = self.epoch + 1, 0
        self.sums = np.zeros(self.scores.size)
        self.history.append(record)
        watched = (record.validation or training)["loss"]
        self.plateau.watch(watched)
        if self.stopper.improved(self.epoch, watched) and self.stopper.keeps_best:
            self.best = self.network.arrays()
        return record

    def restore_best(self) -> None:
        """Ends the run at the weights of the best epoch; another may begin from there."""
        if self.stopper.keeps_best and self.best:
            self.network.load(self.best)
        self.stopper.wait = 0
        self.epochs = self.epoch

    def snapshot(self) -> Trained:
        """Everything as it stands, to go on from later; all arrays are read-only copies."""
        slots = {name: frozen_copies(views) for name, views in self.slot_views.items()}
        return Trained(
            weights=self.network.arrays(),
            slots=MappingProxyType(slots),
            best=self.best,
            progress=self._progress(),
            history=tuple(self.history),
            preprocessing=self.prepared.preprocessing,
            facts=self.prepared.facts,
            seed=self.seed,
        )

    def _progress(self) -> Progress:
        return Progress(
            epoch=self.epoch,
            row=self.row,
            step=self.step,
            target=self.epochs,
            learning_rate=self.rate,
            recipe_rate=self.recipe.optimizer.learning_rate,
            sums=tuple(self.sums.tolist()) if self.row else (),
            random={i: g.bit_generator.state for i, g in self.generators.items()},
            best=self.stopper.best,
            best_epoch=self.stopper.best_epoch,
            wait=self.stopper.wait,
            plateau=self.plateau.state,
            threads=self.threads,
            seconds=self.seconds,
        )


def last_epoch(epochs: int, start: Progress) -> int:
    """Where training ends: at the recipe's epochs, at the end of a run that was interrupted, or,
    where both are reached, after as many epochs again.
    """
    if epochs > start.epoch:
        return epochs
    return start.target if start.target > start.epoch else start.epoch + epochs
