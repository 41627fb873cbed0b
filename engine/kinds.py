"""Families of frozen, named choices: one mechanism for layers, losses, optimizers, sources, …

A family is a direct subclass of `Kind`; its own subclasses are registered
under a snake_case name (`BatchNormalization` -> "batch_normalization"). A value is written as
`{"kind": "dense", "units": 64, …}` and read back from that, from its bare name, or as it is.
The fields carry label, range, unit and tip, and from them come forms, checks and saved files.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer


class Value(BaseModel):
    """A frozen value: no unknown fields, no NaN, no mutation; edits make a new one."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)

    def edited(self, **changes: Any) -> Self:
        """A copy with `changes`, validated as a whole (`model_copy` would validate nothing)."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_validate(fields | changes)


class Kind(Value):
    """One choice of a family. Positional arguments fill the fields in their order."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    tip: ClassVar[str] = ""
    family: ClassVar[dict[str, type["Kind"]]] = {}

    def __init__(self, *values: Any, **fields: Any) -> None:
        names = list(type(self).model_fields)
        if len(values) > len(names):
            raise TypeError(f"{type(self).__name__} takes at most {len(names)} values")
        super().__init__(**dict(zip(names, values, strict=False)), **fields)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        if Kind in cls.__bases__:
            cls.family = {}
            return
        snake_case = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()
        cls.kind = cls.__dict__.get("kind") or snake_case
        cls.label = cls.__dict__.get("label") or cls.kind.replace("_", " ").capitalize()
        cls.family[cls.kind] = cls

    @classmethod
    def members(cls) -> tuple[type[Self], ...]:
        """Every kind of the family, in the order in which they were defined."""
        return tuple(cast("type[Self]", member) for member in cls.family.values())

    @classmethod
    def parse(cls, value: Any) -> Any:
        """A member of the family from itself, its name, or a mapping with "kind".

        Raises ValueError naming the valid kinds.
        """
        if isinstance(value, cls):
            return value
        fields = dict(value) if isinstance(value, Mapping) else {"kind": value}
        name = fields.pop("kind", None)
        member = cls.family.get(str(name).lower())
        if member is None:
            raise ValueError(f"be one of {', '.join(sorted(cls.family))}, not {name!r}")
        return member.model_validate(fields)

    def dump(self) -> dict[str, Any]:
        """The JSON-able form: "kind" first, then the fields."""
        return {"kind": self.kind} | self.model_dump(mode="json")


def field(
    default: Any,
    label: str,
    tip: str = "",
    *,
    unit: str = "",
    advanced: bool = False,
    slider: bool = False,
    **limits: Any,
) -> Any:
    """A model field with what a form needs: label, tip, unit and range (`ge`, `gt`, `le`, `lt`).

    A class as `default` stands for a value made by it, when the first one is needed: values of
    other kinds made at import would build their validators there, which takes a while.
    """
    extra: dict[str, Any] = {"unit": unit, "advanced": advanced, "slider": slider}
    if isinstance(default, (bool, int, float)):
        limits.setdefault("strict", True)
    if isinstance(default, type):
        return Field(
            default_factory=default,
            title=label,
            description=tip,
            json_schema_extra=extra,
            **limits,
        )
    return Field(default, title=label, description=tip, json_schema_extra=extra, **limits)


K = TypeVar("K", bound=Kind)


if TYPE_CHECKING:
    ChoiceOf = Annotated[K, "a member of the family"]
else:

    class ChoiceOf:
        """`ChoiceOf[Optimizer]` is the type of a field that holds any member of that family."""

        def __class_getitem__(cls, family: type[K]) -> Any:
            return Annotated[
                family,
                BeforeValidator(family.parse),
                PlainSerializer(lambda value: value.dump()),
            ]
