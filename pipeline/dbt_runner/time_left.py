"""How long a build still takes, told from how long its reading takes."""

from __future__ import annotations

# Seconds of a step for each second of reading, measured on 25 and 415 million events and two cores.
# Steps that run beside a longer one, and those that take no time, are left out.
_SECONDS_PER_READING_SECOND = {
    # What follows the reading in the same step: finding repeated events, and writing.
    "event_lines": 0.18,
    "assert_no_event_is_repeated": 0.12,
    "int_user_products": 0.57,
    "int_user_months": 0.72,
    "int_user_totals": 0.12,
}
_LAST_OF_FEATURES = "int_user_totals"
# Of what follows the features, in a run that makes segments.
_SECONDS_OF_SEGMENTS = 0.15


class TimeLeft:
    """An estimate that gets better as steps end. All times are seconds, of any clock.

    Parameters
    ----------
    constant : float
        What segments take beside what grows with the lines, above all a training; 0 where none are
        made.

    Examples
    --------
    >>> left = TimeLeft(constant=0)
    >>> left.read(0.5, 10)
    >>> round(left.seconds(now=10))
    44
    >>> left.read(1.0, 20)
    >>> for node in _SECONDS_PER_READING_SECOND:
    ...     left.finish(node, now=60)
    >>> round(left.seconds(now=60))
    0
    """

    def __init__(self, *, constant: float) -> None:
        self._end: float | None = None
        self._constant = constant
        self._share, self._reading = 0.0, 0.0
        self._waiting = dict(_SECONDS_PER_READING_SECOND)
        self._started: dict[str, float] = {}

    def read(self, share: float, seconds: float) -> None:
        """Learn that reading took so many seconds for this share, in (0, 1], of the lines."""
        self._share, self._reading = share, seconds / share

    def start(self, node: str, now: float) -> None:
        """Learn that a step begins."""
        self._started[node] = now

    def finish(self, node: str, now: float) -> None:
        """Learn that a step ended: it says how fast the machine is at what is not reading."""
        expected = self._waiting.pop(node, 0.0) * self._reading
        if node == "event_lines" and self._share:
            # Whatever was heard last: all is read.
            self._share = 1.0
        if node == _LAST_OF_FEATURES:
            self._end = now + self._segments()
        if not expected or node not in self._started or node == "event_lines":
            return
        took = now - self._started[node]
        # Half of the surprise: one step may have been disturbed.
        factor = 1 + (took / expected - 1) / 2
        self._waiting = {name: share * factor for name, share in self._waiting.items()}

    def seconds(self, now: float) -> float | None:
        """Return how long it still takes; None before the first line is read."""
        if not self._share:
            return None
        reading = self._reading * (1 - self._share)
        steps = sum(self._step(name, share, now) for name, share in self._waiting.items())
        segments = self._segments() if self._end is None else max(0.0, self._end - now)
        return reading + steps + segments

    def _segments(self) -> float:
        return self._constant + _SECONDS_OF_SEGMENTS * self._reading if self._constant else 0.0

    def _step(self, name: str, share: float, now: float) -> float:
        expected = share * self._reading
        if name not in self._started or name == "event_lines":
            return expected
        return max(0.0, expected - (now - self._started[name]))
