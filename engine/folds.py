"""Deals the rows outside the test part into folds, each of which is held out once."""

import warnings
from dataclasses import dataclass, replace

import numpy as np

from engine.data.dataset import Prepared, Rows
from engine.data.labels import labels
from engine.data.recipe import SplitRecipe
from engine.data.splitting import split
from engine.data.streaming.dataset import StreamedDataset
from engine.errors import DataError
from engine.kinds import Value, field
from engine.project import TrainingRecipe
from engine.schedules import ReduceOnPlateau

USUAL_SHARE = 0.1  # held back for choices within a fold, where the recipe has no validation rows


class Folds(Value):
    """How rows are dealt: into so many folds, so many times over, rows of one group together."""

    folds: int = field(5, "Folds", "Each is held out once and trained without.", ge=2, le=100)
    repeats: int = field(1, "Repeats", "How often the rows are dealt anew.", ge=1, le=100)
    group: str = field(
        "", "Group", "A column whose equal values stay together, such as a patient or a day."
    )


@dataclass(frozen=True)
class Fold:
    """Which rows are trained on, and which are held out (`judged`); both counted from 1."""

    repeat: int
    number: int
    rows: Rows
    judged: np.ndarray


def deal(prepared: Prepared, recipe: TrainingRecipe, share: SplitRecipe, how: Folds) -> list[Fold]:
    """All folds, one repeat after the other; the test rows are in none of them.

    Classes are spread evenly where the split is stratified. A recipe that makes choices while it
    trains (early stopping, a plateau) makes them on validation rows out of the fold's own training
    rows: held-out rows that it could choose by would flatter it. Raises DataError.
    """
    if isinstance(prepared.dataset, StreamedDataset):
        raise DataError(
            f"{prepared.facts.name} is read from its file while training; cross-validation needs "
            "rows in memory: take a sample of the file"
        )
    rows = np.sort(np.concatenate((prepared.rows.train, prepared.rows.validation)))
    codes = prepared.y[rows] if prepared.facts.task == "classification" and share.stratify else None
    groups = _groups(prepared, rows, how.group)
    _require_enough(len(rows), codes, groups, how)
    found: list[Fold] = []
    for repeat in range(how.repeats):
        seed = (share.seed + repeat) % 2**32
        for number, (train, held) in enumerate(_dealt(rows, codes, groups, how.folds, seed), 1):
            parts = _parts(prepared, recipe, share, rows[train], rows[held])
            found.append(Fold(repeat + 1, number, parts, rows[held]))
    return found


def chooses(recipe: TrainingRecipe) -> bool:
    """Whether training looks at validation rows to decide how it goes on."""
    return recipe.early_stopping.patience > 0 or isinstance(recipe.schedule, ReduceOnPlateau)


# ── inside ──────────────────────────────────────────────────────────────────────────────────────


def _dealt(
    rows: np.ndarray,
    codes: np.ndarray | None,
    groups: np.ndarray | None,
    folds: int,
    seed: int,
) -> list[tuple[np.ndarray, np.ndarray]]:
    from sklearn import model_selection as sk

    names = {
        (False, False): sk.KFold,
        (True, False): sk.StratifiedKFold,
        (False, True): sk.GroupKFold,
        (True, True): sk.StratifiedGroupKFold,
    }
    splitter = names[codes is not None, groups is not None]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a class with fewer rows than folds lacks in some
        dealt = splitter(folds, shuffle=True, random_state=seed).split(rows, codes, groups)
        return list(dealt)


def _parts(
    prepared: Prepared,
    recipe: TrainingRecipe,
    share: SplitRecipe,
    train: np.ndarray,
    held: np.ndarray,
) -> Rows:
    if not chooses(recipe):
        return Rows(train, held, held[:0])
    codes = prepared.y[train] if prepared.facts.task == "classification" else None
    names = prepared.facts.classes if codes is not None else ()
    even = codes is not None and bool((np.bincount(codes, minlength=len(names)) > 1).all())
    own = share.edited(
        test=0.0, validation=share.validation or USUAL_SHARE, stratify=share.stratify and even
    )
    parts = split(len(train), own, codes, names)
    return replace(parts, train=train[parts.train], validation=train[parts.validation], test=held)


def _groups(prepared: Prepared, rows: np.ndarray, name: str) -> np.ndarray | None:
    if not name:
        return None
    table = prepared.dataset.features
    if name not in table.names:
        raise DataError(
            f"{prepared.facts.name} has no column {name!r} to group by: "
            f"{', '.join(table.names[:12])}"
        )
    texts = labels(table.column(name)[rows])
    if any(text is None for text in texts):
        raise DataError(f"the column {name} has rows without a value, so it cannot group them")
    return np.unique(texts.astype(str), return_inverse=True)[1]


def _require_enough(
    rows: int, codes: np.ndarray | None, groups: np.ndarray | None, how: Folds
) -> None:
    if groups is not None and (count := len(np.unique(groups))) < how.folds:
        raise DataError(
            f"the column {how.group} has {count:,} groups, too few for {how.folds} folds; "
            "take fewer folds"
        )
    most = rows if codes is None else int(np.bincount(codes).max())
    if most < how.folds:
        what = "rows" if codes is None else "rows in the largest class"
        raise DataError(f"{most:,} {what} are too few for {how.folds} folds; take fewer folds")
