"""Events that wait for somebody to take them; of what was measured only the newest is kept."""

from collections import deque

from engine.events import Event, Measured


class Mailbox:
    """Events in their order. One thread may put while another takes: both ends of a deque are safe.

    Putting is as cheap as can be, because the one who puts is busy training.
    """

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self.put = self._events.append

    def take(self) -> list[Event]:
        """All that is there now, without what has been measured anew since."""
        events = self._events
        return newest([events.popleft() for _ in range(len(events))])


def newest(events: list[Event]) -> list[Event]:
    """The events without measurements that later ones of the same name and layer replace."""
    measured = [event for event in events if isinstance(event, Measured)]
    last = {(event.name, event.layer): event for event in measured}
    if len(last) == len(measured):
        return events
    kept = set(map(id, last.values()))
    return [e for e in events if not isinstance(e, Measured) or id(e) in kept]
