"""What a form needs to know of a model's fields, read from the fields; no widgets here."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo

from engine.kinds import Value
from gui.words import tr


@dataclass(frozen=True)
class Limits:
    """The range of a number: `ge` and `le` belong to it, `gt` and `lt` do not."""

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None

    @classmethod
    def of(cls, metadata: Iterable[Any]) -> "Limits":
        """The limits among the metadata of a pydantic field."""
        found: dict[str, Any] = {}
        for item in metadata:
            for kind, name in ((Ge, "ge"), (Gt, "gt"), (Le, "le"), (Lt, "lt")):
                if isinstance(item, kind):
                    found[name] = getattr(item, name)
        return cls(**found)

    @property
    def low(self) -> float | None:
        return self.gt if self.ge is None else self.ge

    @property
    def high(self) -> float | None:
        return self.lt if self.le is None else self.le

    def admits(self, number: float) -> bool:
        """Whether `number` lies in the range."""
        return (
            (self.ge is None or number >= self.ge)
            and (self.gt is None or number > self.gt)
            and (self.le is None or number <= self.le)
            and (self.lt is None or number < self.lt)
        )

    def __str__(self) -> str:
        """The range in words: "1 to 65,536", "0 to below 1", "above 0", "at least 0"."""
        low, high = self.low, self.high
        if low is None and high is None:
            return ""
        if high is None:
            words = tr("above {limit}") if self.ge is None else tr("at least {limit}")
            return words.format(limit=grouped(low))
        if low is None:
            words = tr("below {limit}") if self.le is None else tr("at most {limit}")
            return words.format(limit=grouped(high))
        if self.ge is None:
            words = (
                tr("above {low} to {high}")
                if self.lt is None
                else tr("above {low} to below {high}")
            )
        else:
            words = tr("{low} to {high}") if self.lt is None else tr("{low} to below {high}")
        return words.format(low=grouped(low), high=grouped(high))


@dataclass(frozen=True)
class FieldSpec:
    """One field of a model: its name, how it is called and explained, its type and range."""

    name: str
    label: str
    tip: str
    unit: str
    advanced: bool
    slider: bool
    annotation: Any
    limits: Limits
    default: Any

    @property
    def tooltip(self) -> str:
        """The tip, and the range on a line of its own."""
        said = str(self.limits)
        unit = f" {self.unit}" if said and self.unit else ""
        limits = said and tr("Range: {limits}", limits=f"{said}{unit}")
        return "\n".join(part for part in (self.tip, limits) if part)


def field_specs(model: type[Value]) -> tuple[FieldSpec, ...]:
    """The fields of `model` that have a label, in their order; the rest is not for forms."""
    return tuple(_spec(name, info) for name, info in model.model_fields.items() if info.title)


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    return FieldSpec(
        name=name,
        label=tr(info.title or name),
        tip=tr(info.description or ""),
        unit=str(extra.get("unit", "")),
        advanced=bool(extra.get("advanced")),
        slider=bool(extra.get("slider")),
        annotation=info.annotation,
        limits=Limits.of([*info.metadata, *_number_metadata(info.annotation)]),
        default=info.get_default(call_default_factory=True),
    )


def _number_metadata(annotation: Any) -> Iterable[Any]:
    """The limits of the number in a union, as in `Annotated[int, Field(ge=1)] | Literal["all"]`."""
    for part in get_args(annotation):
        for item in getattr(part, "__metadata__", ()):
            yield from item.metadata if isinstance(item, FieldInfo) else (item,)


def literal_values(annotation: Any) -> tuple[Any, ...]:
    """The values of a `Literal`, alone or as a part of a union; none for any other type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(value for part in get_args(annotation) for value in literal_values(part))


def is_number_or_word(annotation: Any) -> bool:
    """Whether the type is a whole number or one of a few words, as a batch size is."""
    parts = get_args(annotation)
    whole = any(part is int or get_args(part)[:1] == (int,) for part in parts)
    return whole and bool(literal_values(annotation)) and get_origin(annotation) is not Literal


def grouped(number: float | None) -> str:
    """A limit as people write it: 65,536, 0.001, 1e+09."""
    if number is None:
        return ""
    return (
        f"{int(number):,}" if float(number).is_integer() and abs(number) < 1e10 else f"{number:g}"
    )


def shown(number: float) -> str:
    """A number in an editor, short and exact enough: 64, 0.001, 1e-05."""
    return str(number) if isinstance(number, int) else f"{number:.12g}"


def words(value: Any) -> str:
    """A name from a `Literal` as people read it: "most_frequent" -> "most frequent"."""
    return tr(str(value).replace("_", " "))


def stepped(number: float, steps: int, spec: FieldSpec) -> float:
    """`number` moved by `steps` presses of an arrow key, held within the limits.

    Whole numbers move by 1, shares by 0.01, and numbers without a natural scale (learning rates,
    penalties) along 1, 2, 5, 10 of their own magnitude.
    """
    for _ in range(abs(steps)):
        moved = _one_step(number, 1 if steps > 0 else -1, spec)
        if not spec.limits.admits(moved):
            break
        number = moved
    return number


def _one_step(number: float, direction: int, spec: FieldSpec) -> float:
    if spec.annotation is not float:
        return number + direction
    if is_share(spec):
        return round(number + 0.01 * direction, 10)
    return _along_the_series(number, direction)


def is_share(spec: FieldSpec) -> bool:
    """Whether the field is a share from 0 to 1, which has a linear scale."""
    ordinary = spec.limits.ge is not None or (spec.default or 0) >= 0.1
    return ordinary and spec.limits.low == 0 and spec.limits.high == 1


SMALLEST = 1e-7
FIRST = 1e-4


def _along_the_series(number: float, direction: int) -> float:
    """The next of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, …; from 0 it starts at `FIRST`."""
    if number == 0:
        return FIRST * direction
    outwards = (number > 0) == (direction > 0)
    size = abs(number)
    if not outwards and size <= SMALLEST:
        return 0.0
    exponent = int(f"{size:e}".split("e")[1])
    rungs = [
        float(f"{digit}e{power}")
        for power in (exponent - 1, exponent, exponent + 1)
        for digit in (1, 2, 5)
    ]
    if outwards:
        size = min(rung for rung in rungs if rung > size * (1 + 1e-9))
    else:
        size = max(rung for rung in rungs if rung < size * (1 - 1e-9))
    return size if number > 0 else -size
