"""Running a command as a whole process and measuring what it took."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
SECONDS_BETWEEN_SAMPLES = 0.05


@dataclass(frozen=True)
class Measured:
    """Wall-clock seconds and peak resident memory in bytes, of a process and its children.

    `said` are the lines that it wrote, each after so many seconds; `processor_seconds` is the time
    that it had the processors, of all threads.
    """

    seconds: float
    peak_bytes: int
    said: tuple[tuple[float, str], ...] = ()
    processor_seconds: float = 0.0


def measure(arguments: Sequence[str | Path], *, root: Path = ROOT) -> Measured:
    """Run `python ARGUMENTS` in the repository, or another checkout of it, and measure it.

    What others wrote before reaches the disk first: the process waits for its own bytes only.
    Memory mapped from files counts as resident while it is there, so the peak is an upper bound.

    Raises
    ------
    RuntimeError
        When the command fails, with what it said.
    """
    os.sync()
    before = _processor_seconds()
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    peak = _Peak(process.pid)
    peak.start()
    assert process.stdout is not None
    with process.stdout as lines:
        said = tuple((time.perf_counter() - started, line.rstrip("\n")) for line in lines)
    process.wait()
    seconds = time.perf_counter() - started
    peak.join()
    if process.returncode != 0:
        output = "\n".join(line for _, line in said)
        raise RuntimeError(f"{' '.join(map(str, arguments))} failed: {output[-2000:]}")
    return Measured(seconds, peak.bytes, said, _processor_seconds() - before)


def _processor_seconds() -> float:
    """Return the processor time of all children that have ended."""
    used = os.times()
    return used.children_user + used.children_system


class _Peak(threading.Thread):
    """Samples the resident memory of a process tree until it is gone."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.bytes = 0
        self._process = psutil.Process(pid)

    def run(self) -> None:
        try:
            while self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE:
                tree = [self._process, *self._process.children(recursive=True)]
                self.bytes = max(self.bytes, sum(map(_resident_bytes, tree)))
                time.sleep(SECONDS_BETWEEN_SAMPLES)
        except psutil.NoSuchProcess:
            return


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        # A child that has ended since it was found.
        return 0
