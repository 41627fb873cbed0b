"""What a row of the table of actions says."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["window", "canvas"]


@dataclass(frozen=True)
class Spec:
    """One action. `call` is a method of the window or of a part of it; `scope` is where its keys
    are listened to.

    `needs` names conditions that must all hold for it to be enabled (see `Actions.update`).
    """

    id: str
    text: str
    call: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    scope: Scope = "window"
    needs: tuple[str, ...] = ()
