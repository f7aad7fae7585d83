"""How far a running dbt is: which step, of how many, and how many lines are read."""

from __future__ import annotations

import threading
import time
from types import TracebackType
from typing import Any, Self

from pipeline.progress import ResizableStage

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
    line_count : int
        Lines to read; 0 where it is not known or there are none.
    """

    def __init__(self, stage: ResizableStage, title: str, line_count: int) -> None:
        self._stage, self._title, self._line_count = stage, title, line_count
        self._is_reading, self._is_over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._follow_reading, daemon=True)

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
        name = event.info.name
        if name == "LogStartLine":
            self._stage.set_total(event.data.total)
        elif name == "NodeStart":
            node = event.data.node_info.node_name
            self._stage.describe(f"{self._title}: {node}")
            if node == _READING_NODE and self._line_count:
                self._is_reading.set()
        elif name == "NodeFinished":
            self._is_reading.clear()
            self._stage.advance(1)

    def _follow_reading(self) -> None:
        # Imports dbt, which is there by the time that lines are read.
        started, furthest = None, 0.0
        while not self._is_over.wait(SECONDS_BETWEEN_LOOKS):
            if not self._is_reading.is_set():
                continue
            from pipeline.dbt_plugin import statement_progress

            started = started or time.monotonic()
            share = statement_progress()
            # What follows the reading in the same step starts from 0 again.
            if share and share > furthest:
                furthest = share
                self._stage.describe(self._reading(share, time.monotonic() - started))

    def _reading(self, share: float, seconds: float) -> str:
        left = seconds * (1 - share) / share
        return (
            f"{self._title}: {share * self._line_count:,.0f} of {self._line_count:,} rows read,"
            f" about {left:.0f} s left"
        )
