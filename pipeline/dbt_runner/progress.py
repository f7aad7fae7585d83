"""How far a running dbt is: which step, of how many, and how many lines are read."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from pipeline.dbt_runner.time_left import TimeLeft
from pipeline.runtime.progress import ResizableStage

SECONDS_BETWEEN_LOOKS = 0.5
# The one step that reads files.
_READING_NODE = "event_lines"


class BuildProgress:
    """Follows the events of dbt and, while lines are read, asks DuckDB how far it is.

    Parameters
    ----------
    stage : ResizableStage
        Where it is shown.
    title : str
        What is done as a whole.
    line_counts : sequence of int
        Lines of each file to read, in their order; none where nothing is to be read.
    constant_seconds : float
        What those steps take that do not depend on the number of lines.
    """

    def __init__(
        self,
        stage: ResizableStage,
        title: str,
        line_counts: Sequence[int],
        constant_seconds: float,
    ) -> None:
        self._stage, self._title, self._line_counts = stage, title, line_counts
        self._left = TimeLeft(constant=constant_seconds)
        # In the order in which they began: what runs longest is what is waited for.
        self._running: dict[str, None] = {}
        self._reading_since: float | None = None
        self._lock, self._is_over = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def on_event(self, event: Any) -> None:
        """Take one event of dbt's log."""
        name, now = event.info.name, time.monotonic()
        if name == "LogStartLine":
            self._stage.set_total(event.data.total)
        elif name == "NodeStart":
            node = event.data.node_info.node_name
            with self._lock:
                self._left.start(node, now)
                self._running[node] = None
                if node == _READING_NODE and sum(self._line_counts):
                    self._reading_since = now
        elif name == "NodeFinished":
            node = event.data.node_info.node_name
            with self._lock:
                self._left.finish(node, now)
                self._running.pop(node, None)
                if node == _READING_NODE:
                    self._reading_since = None
            self._stage.advance(1)

    def _follow(self) -> None:
        line_count, furthest = sum(self._line_counts), 0.0
        while not self._is_over.wait(SECONDS_BETWEEN_LOOKS):
            with self._lock:
                now = time.monotonic()
                text = next(iter(self._running), "")
                if self._reading_since is not None:
                    read = lines_read(_reading_share(), self._line_counts)
                    # What follows the reading in the same step starts from 0 again.
                    if read > furthest:
                        furthest = read
                        self._left.read(read / line_count, now - self._reading_since)
                    if furthest:
                        text = f"{furthest:,.0f} of {line_count:,} rows read"
                left = self._left.seconds(now)
            if text:
                ending = "" if left is None else f", about {left:.0f} s left"
                self._stage.describe(f"{self._title}: {text}{ending}")


def lines_read(share: float, line_counts: Sequence[int]) -> float:
    """Return how many lines are read where DuckDB says that this share is, in [0, 1].

    It counts files, one after the other, however many lines they hold. Of files of several layouts,
    which it reads layout by layout, this is near enough for the time left.

    Examples
    --------
    >>> lines_read(0.5, [1000, 10, 90, 900])
    1010.0
    >>> lines_read(0.125, [1000, 10, 90, 900])
    500.0
    """
    file_count, begun = divmod(share * len(line_counts), 1)
    whole = int(file_count)
    return sum(line_counts[:whole]) + begun * sum(line_counts[whole : whole + 1])


def _reading_share() -> float:
    # Imports dbt, which is there by the time that lines are read.
    from pipeline.dbt_runner.plugin import statement_progress

    return statement_progress() or 0.0
