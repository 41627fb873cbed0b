"""From a Glasswork file to the project and what training made of it: checked, then built."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from engine.data.preprocessing import Preprocessing
from engine.errors import GlassworkError
from engine.files.bounds import require_bounded, require_finite
from engine.files.content import (
    CHECKSUM,
    LISTING,
    MODEL_CONFIG,
    PROJECT,
    SIGNED,
    TRAINED,
    Place,
    checksum,
)
from engine.files.embedding import TABLE, joined
from engine.files.history import from_columns
from engine.files.index import Index
from engine.files.keras_model import keras_model
from engine.files.keras_reading import design_from
from engine.files.listing import Stored, listing_from_json
from engine.files.packing import place_of
from engine.files.project_text import project_from
from engine.files.sandbox import Reads
from engine.files.upgrades import modern_slots
from engine.files.wanted import Refused, Value, Wanted
from engine.network import Network
from engine.project import ArrayKey, Arrays, EpochRecord, Project, Trained
from engine.shapes import Walk, walk

PLACES = (*SIGNED, CHECKSUM, LISTING)
PROOF_INPUTS, PROOF_OUTPUTS = "glasswork/proof/inputs", "glasswork/proof/outputs"
PROOF_TOLERANCE = 1e-5
CHANGED = "it was damaged or changed after it was saved"


def unpacked(file: Reads, folder: Path) -> tuple[Project, Trained | None, tuple[str, ...]]:
    """The project, what training made of it, and notes. Raises Refused with the reason.

    The path of a person's table is relative to `folder`.
    """
    values = dict(zip(PLACES, file.attributes(PLACES), strict=True))
    try:
        plan = _Plan.of(values)
        arrays = plan.read(file)
        trained = plan.trained(arrays)
    except (Refused, GlassworkError) as error:
        raise Refused(f"{error} ({CHANGED}: its checksum cannot match)") from None
    texts = {place: str(values[place] or "") for place in SIGNED}
    if checksum(texts, arrays) != values[CHECKSUM]:
        raise Refused(f"its checksum does not match: {CHANGED}{plan.diagnosis(values)}")
    project = joined(plan.project, arrays.get(TABLE), folder)
    return project, trained, plan.proven(arrays, trained)


@dataclass(frozen=True)
class _Plan:
    """What the texts of a file say that its arrays must be."""

    project: Project
    index: Index | None
    listing: Mapping[str, Stored]

    @classmethod
    def of(cls, values: Mapping[Place, Value]) -> "_Plan":
        project, index, listing = (values[each] for each in (PROJECT, TRAINED, LISTING))
        if not isinstance(project, str) or not isinstance(listing, str):
            raise Refused("its project, or its list of arrays, is missing")
        return cls(
            project_from(project),
            Index.from_json(index) if isinstance(index, str) else None,
            listing_from_json(listing),
        )

    @cached_property
    def width(self) -> int | None:
        """Width of the network's input, where it was known when the file was saved."""
        if self.index is not None:
            return self.index.facts.width
        proof = self.listing.get(PROOF_INPUTS)
        return proof.shape[1] if proof is not None and len(proof.shape) == 2 else None

    @cached_property
    def walked(self) -> Walk:
        found = walk(self.project.design, self.width)
        require_bounded(found)
        return found

    @cached_property
    def paths(self) -> Mapping[ArrayKey, str]:
        """Where the arrays of the Keras model lie; nowhere, if the design is not sound."""
        if self.width is None or any(each.severity == "error" for each in self.walked.problems):
            return {}
        return keras_model(self.project.design, self.width).paths

    def read(self, file: Reads) -> dict[str, np.ndarray]:
        """All the arrays by path, each of the shape that the design or the list says."""
        wanted = {path: self._listed(path) for path in self.listing}
        wanted |= {each.path: each for each in self._shaped()}
        arrays = dict(zip(wanted, file.arrays(list(wanted.values())), strict=True))
        _require_finite(wanted, arrays)
        return arrays

    def trained(self, arrays: Mapping[str, np.ndarray]) -> Trained | None:
        """What training made, or None for a project that was not trained."""
        if self.index is None:
            return None
        index = self.index
        spec, figures = index.preprocessing, _group(arrays, "glasswork/preprocessing/")
        trained = Trained(
            weights=self._weights(arrays),
            slots=modern_slots(
                {
                    slot: _keyed(arrays, f"optimizer/{slot}", keys)
                    for slot, keys in index.slots.items()
                },
                self.project.training.optimizer,
            ),
            best=_keyed(arrays, "checkpoints/best", index.best),
            progress=index.progress,
            history=_history(arrays),
            preprocessing=Preprocessing.from_arrays(spec, figures),
            facts=index.facts,
            seed=index.seed,
        )
        if trained.preprocessing.width != index.facts.width:
            raise Refused("its prepared columns and its facts about the data differ in number")
        return trained

    def proven(self, arrays: Mapping[str, np.ndarray], trained: Trained | None) -> tuple[str, ...]:
        """A note where this computer computes other outputs than the one that saved the file."""
        if PROOF_OUTPUTS not in arrays or self.width is None:
            return ()
        weights = trained.weights if trained else self._keras_weights(arrays)
        seed = trained.seed if trained else self.project.training.seed
        precision = self.project.training.precision
        network = Network(
            self.project.design, self.width, seed=seed, dtype=precision, weights=weights
        )
        expected = arrays[PROOF_OUTPUTS]
        found = network.predict(arrays[PROOF_INPUTS])
        apart = float(np.max(np.abs(found - expected) / np.maximum(1, np.abs(expected)), initial=0))
        if apart <= PROOF_TOLERANCE:
            return ()
        return (f"this computer's outputs differ from the saved ones by up to {apart:.1g}",)

    def diagnosis(self, values: Mapping[Place, Value]) -> str:
        """What in the Keras part of a damaged file is wrong, where that can be said."""
        config = values[MODEL_CONFIG]
        if not isinstance(config, str):
            return "; its model_config is missing" if self.paths else ""
        try:
            design_from(config)
        except Refused as reason:
            return f"; {reason}"
        return ""

    # ── inside ──────────────────────────────────────────────────────────────────────────────

    def _listed(self, path: str) -> Wanted:
        stored = self.listing[path]
        return Wanted(path, f"/{path}", stored.shape, stored.kind)

    def _shaped(self) -> list[Wanted]:
        """The arrays whose shape the design gives: weights, best weights, optimizer slots."""
        wanted = [self._of_layer(key, path) for key, path in self.paths.items()]
        if self.index is None:
            return wanted
        for group, keys in self._groups():
            wanted += [self._of_layer(key, place_of(group, key)) for key in keys]
        return wanted

    def _groups(self) -> list[tuple[str, tuple[ArrayKey, ...]]]:
        assert self.index is not None
        apart = tuple(key for key in self.index.weights if key not in self.paths)
        slots = [(f"optimizer/{slot}", keys) for slot, keys in self.index.slots.items()]
        return [("weights", apart), ("checkpoints/best", self.index.best), *slots]

    def _of_layer(self, key: ArrayKey, path: str) -> Wanted:
        identifier, name = key
        if not self.project.design.has(identifier):
            raise Refused(f"it has weights of a layer {identifier!r} that its design lacks")
        label = f"layer {self.project.design.node(identifier).name!r}: {name}"
        ops = self.walked.ops.get(identifier, ())
        shapes = {each.name: each.shape for op in ops for each in op.parameters}
        return Wanted(path, label, shapes.get(name))

    def _weights(self, arrays: Mapping[str, np.ndarray]) -> Arrays:
        assert self.index is not None
        keys = self.index.weights
        return {
            key: _read_only(arrays[self.paths.get(key, place_of("weights", key))]) for key in keys
        }

    def _keras_weights(self, arrays: Mapping[str, np.ndarray]) -> Arrays:
        return {key: arrays[path] for key, path in self.paths.items()}


def _require_finite(wanted: Mapping[str, Wanted], arrays: Mapping[str, np.ndarray]) -> None:
    for path, array in arrays.items():
        if not path.startswith(("glasswork/history/", "glasswork/optimizer/")):
            require_finite(wanted[path].label, array)


def _history(arrays: Mapping[str, np.ndarray]) -> tuple[EpochRecord, ...]:
    try:
        return from_columns(_group(arrays, "glasswork/history/"))
    except (KeyError, ValueError):
        raise Refused("its history has columns missing or of different lengths") from None


def _group(arrays: Mapping[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    return {
        path.removeprefix(prefix): array
        for path, array in arrays.items()
        if path.startswith(prefix)
    }


def _keyed(
    arrays: Mapping[str, np.ndarray], group: str, keys: tuple[ArrayKey, ...]
) -> dict[ArrayKey, np.ndarray]:
    return {key: _read_only(arrays[place_of(group, key)]) for key in keys}


def _read_only(array: np.ndarray) -> np.ndarray:
    array.setflags(write=False)
    return array
