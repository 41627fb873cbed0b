"""Events that wait for somebody to take them; of what was measured only the newest is kept."""

from collections import deque
from collections.abc import Iterable

from engine.events import Event, Measured


class Mailbox:
    """Events in their order. One thread may put while another takes: both ends of a deque are safe.

    Putting is as cheap as can be, because the one who puts is busy training.
    """

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self.put = self._events.append
        self.put_all = self._events.extend

    def __len__(self) -> int:
        return len(self._events)

    def take(self) -> list[Event]:
        """All that is there now, without what has been measured anew since."""
        events = self._events
        return newest([events.popleft() for _ in range(len(events))])


def newest(events: Iterable[Event]) -> list[Event]:
    """The events without measurements that later ones of the same name and layer replace."""
    kept: list[Event] = []
    seen: set[tuple[str, str]] = set()
    for event in reversed(list(events)):
        if isinstance(event, Measured):
            if (event.name, event.layer) in seen:
                continue
            seen.add((event.name, event.layer))
        kept.append(event)
    kept.reverse()
    return kept
