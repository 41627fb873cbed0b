"""How often things may be shown while training runs, by how busy showing them keeps the window."""

SHARE = 0.025  # of the time of a processor may go into showing what happens
SLOWEST = 16.0  # times as seldom as asked for, at the most
OFTEN = 0.25  # seconds from one reckoning to the next
EASING = 0.5  # how much of the way is gone at each reckoning


class Pace:
    """By how much to stretch the intervals between two pictures, so that training hardly waits.

    Told of two clocks, both in seconds: what time it is, and how long the window's thread has
    worked. Where pictures cost little the stretch stays at 1.
    """

    def __init__(self) -> None:
        self.stretch = 1.0
        self._began: float | None = None  # when the last work began, by the clock of work
        self._spent = 0.0
        self._reckoned: float | None = None

    def work(self, worked: float) -> None:
        """Something is about to be shown."""
        self._began = worked

    def rest(self, now: float, worked: float) -> None:
        """It has been shown and painted, if anything was; everything since `work` counts."""
        if self._began is not None:
            self._spent += worked - self._began
            self._began = None
        if self._reckoned is None:
            self._reckoned = now
        elif now - self._reckoned >= OFTEN:
            self._reckon(self._spent / (now - self._reckoned))
            self._spent, self._reckoned = 0.0, now

    def _reckon(self, share: float) -> None:
        wished = min(max(self.stretch * share / SHARE, 1.0), SLOWEST)
        self.stretch += EASING * (wished - self.stretch)
