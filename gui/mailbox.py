"""Events on their way from the thread that trains to the window."""

from collections import deque

from engine.events import Event


class Mailbox:
    """Events in their order. One thread may put while another takes: both ends of a deque are safe.

    Putting is as cheap as can be, because the one who puts is busy training.
    """

    def __init__(self) -> None:
        self._events: deque[Event] = deque()
        self.put = self._events.append

    def take(self) -> list[Event]:
        """All that is there now."""
        events = self._events
        return [events.popleft() for _ in range(len(events))]
