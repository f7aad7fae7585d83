"""Steps after a run: commands of this program, once something new is published."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.runtime.errors import AfterRunError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import ROOT

_ERROR = "Error: "


def do_after_run(steps: Sequence[tuple[str, ...]], warehouse: Path, reporter: Reporter) -> None:
    """Execute each step on a warehouse that was published, in order, all of them.

    Each is a process of its own: whatever becomes of it, the run is done and published.

    Raises
    ------
    AfterRunError
        When a step fails, after the others.
    """
    failures = []
    for step in steps:
        named = " ".join(step)
        reporter.say(f"After the run: {named}")
        code, said = _executed(step, warehouse)
        if code == 0:
            for line in said:
                reporter.say(line)
        else:
            reason = next((line for line in reversed(said) if line.startswith(_ERROR)), "")
            failures.append(f"`{named}` ended with {code}: {reason.removeprefix(_ERROR)}")
    if failures:
        raise AfterRunError(
            f"The run is published, but after it {' '.join(failures)}"
            " Correct it, and execute that command by itself."
        )


def _executed(step: tuple[str, ...], warehouse: Path) -> tuple[int, list[str]]:
    """Return the exit code of a step and the lines of its messages; its output is shown."""
    ours = () if "--warehouse" in step else ("--warehouse", str(warehouse))
    finished = subprocess.run(
        [sys.executable, str(ROOT / "run_pipeline.py"), *step, *ours],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    return finished.returncode, finished.stderr.strip().splitlines()
