"""How often things may be shown while training runs, by how busy showing them keeps the window."""

SHARE = 0.06  # of the time of a processor may go into showing what happens
SLOWEST = 16.0  # times as seldom as asked for, at the most
OFTEN = 0.25  # seconds from one look at the clock to the next
EASING = 0.5  # how much of the way is gone at each look


class Pace:
    """By how much to stretch the intervals between two pictures, so that training hardly waits.

    Looks at two clocks: what has passed, and what the window's thread has worked of it. A fast
    machine or small pictures leave it at 1.
    """

    def __init__(self, now: float, worked: float) -> None:
        self.stretch = 1.0
        self._now, self._worked = now, worked

    def look(self, now: float, worked: float) -> None:
        """Takes in what both clocks show, in seconds."""
        passed = now - self._now
        if passed < OFTEN:
            return
        share = (worked - self._worked) / passed
        self._now, self._worked = now, worked
        wished = self.stretch * share / SHARE
        self.stretch += EASING * (min(max(wished, 1.0), SLOWEST) - self.stretch)
