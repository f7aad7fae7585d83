"""Progress of long work: a bar on a terminal, plain lines elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from pipeline.runtime.streams import tell

SECONDS_BETWEEN_LINES = 5.0
# Steps take seconds or minutes: how many are left says nothing of how long they take.
UNEVEN_UNIT = "steps"


class Stage(Protocol):
    """One stage of the work under way."""

    def advance(self, amount: float) -> None: ...

    def describe(self, text: str) -> None: ...


class ResizableStage(Stage, Protocol):
    """A stage whose amount of work turns out on the way."""

    def set_total(self, total: float) -> None: ...


class Reporter(Protocol):
    """Where stages and messages are shown."""

    def stage(
        self, title: str, total: float | None, unit: str
    ) -> AbstractContextManager[ResizableStage]: ...

    def say(self, text: str) -> None: ...


class QuietReporter:
    """Shows nothing: for `--quiet` and for calls from code."""

    @contextmanager
    def stage(
        self, title: str, total: float | None = None, unit: str = ""
    ) -> Iterator[ResizableStage]:
        yield _QuietStage()

    def say(self, text: str) -> None:
        """Say nothing."""


class _QuietStage:
    def advance(self, amount: float) -> None:
        """Nothing to show."""

    def describe(self, text: str) -> None:
        """Nothing to show."""

    def set_total(self, total: float) -> None:
        """Nothing to show."""


class TerminalReporter:
    """A bar with amount, share and time left, drawn by rich on standard error."""

    def __init__(self) -> None:
        self.console = Console(stderr=True, highlight=False)

    @contextmanager
    def stage(
        self, title: str, total: float | None = None, unit: str = ""
    ) -> Iterator[ResizableStage]:
        columns: list[ProgressColumn] = [
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} " + unit),
            TimeElapsedColumn(),
        ]
        if unit != UNEVEN_UNIT:
            columns.append(TimeRemainingColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            yield _BarStage(bar, bar.add_task(title, total=total))

    def say(self, text: str) -> None:
        self.console.print(text, markup=False, soft_wrap=True)


class _BarStage:
    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar, self._task = bar, task

    def advance(self, amount: float) -> None:
        self._bar.advance(self._task, amount)

    def describe(self, text: str) -> None:
        self._bar.update(self._task, description=text)

    def set_total(self, total: float) -> None:
        self._bar.update(self._task, total=total)


class LineReporter:
    """Plain lines on standard error, at most one every few seconds: for logs and pipes."""

    @contextmanager
    def stage(
        self, title: str, total: float | None = None, unit: str = ""
    ) -> Iterator[ResizableStage]:
        self.say(title)
        yield _LineStage(self, title, total, unit)

    def say(self, text: str) -> None:
        tell(text)


class _LineStage:
    def __init__(self, reporter: LineReporter, title: str, total: float | None, unit: str) -> None:
        self._reporter, self._title, self._total, self._unit = reporter, title, total, unit
        self._done = 0.0
        self._started = self._shown = time.monotonic()

    def advance(self, amount: float) -> None:
        self._done += amount
        self._show_now_and_then()

    def describe(self, text: str) -> None:
        self._title = text
        self._show_now_and_then()

    def set_total(self, total: float) -> None:
        self._total = total

    def _show_now_and_then(self) -> None:
        now = time.monotonic()
        if now - self._shown < SECONDS_BETWEEN_LINES:
            return
        self._shown = now
        text = self._title
        if self._done:
            text += f", {self._done:,.0f} {self._unit}"
        if self._done and self._total and self._unit != UNEVEN_UNIT:
            left = (now - self._started) * (self._total / self._done - 1)
            text += f" of {self._total:,.0f}, about {max(left, 0):.0f} s left"
        elif self._done and self._total:
            text += f" of {self._total:,.0f}"
        self._reporter.say(text)


def reporter(*, quiet: bool) -> Reporter:
    """Return the reporter that suits where standard error goes."""
    if quiet:
        return QuietReporter()
    return TerminalReporter() if sys.stderr.isatty() else LineReporter()
