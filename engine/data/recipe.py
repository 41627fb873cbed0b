"""What is done with the data, as one frozen value: source, meaning of the columns, split."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from engine.kinds import ChoiceOf, Kind, Value, field

if TYPE_CHECKING:
    from engine.data.dataset import Dataset


@dataclass(frozen=True)
class Choices:
    """Names for the fields `features` and `target` of a source; the first are in force."""

    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def first(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """`name`, then the others."""
    return (name, *(each for each in others if each != name))


class Source(Kind):
    """Where rows come from. Built-in sets are known by name; a person's own come from a file."""

    built_in: ClassVar[bool] = True

    @property
    def brings_test(self) -> bool:
        """Whether the files bring a test part of their own, whatever the split says."""
        return False

    def choices(self, folder: Path | None) -> "Choices":
        """What else of the file could be features and target; nothing where columns are chosen."""
        return Choices()

    @abstractmethod
    def load(self, recipe: "DataRecipe", folder: Path | None) -> "Dataset":
        """The rows. `folder` is where relative paths start. Raises DataError in one sentence."""


class Column(Value):
    """How one column of the table is used; what is not said is guessed from its values."""

    name: str
    kind: Literal["number", "category", "ignore"] = "number"
    scaling: Literal["standard", "minmax", "none"] = "standard"
    missing: Literal["mean", "median", "most_frequent", "zero"] = "mean"


class SplitRecipe(Value):
    """Shares of the rows held back; the rest is trained on. 0 means none."""

    validation: float = field(
        0.1, "Validation", "Share of the rows that choices are made on.", ge=0, lt=1
    )
    test: float = field(0.2, "Test", "Share of the rows kept for the final judgement.", ge=0, lt=1)
    stratify: bool = field(True, "Stratify", "Keep the shares of the classes alike in each part.")
    seed: int = field(0, "Split seed", "Another number deals the rows anew.", ge=0, lt=2**32)


class DataRecipe(Value):
    """A source, the target column, the task, how columns are used, and the split."""

    source: ChoiceOf[Source]
    target: str = ""
    task: Literal["auto", "classification", "regression"] = "auto"
    scaling: Literal["standard", "minmax", "none"] = "standard"
    columns: tuple[Column, ...] = ()
    split: SplitRecipe = Field(default_factory=SplitRecipe)
