"""What stands on standard output: as wide as the terminal, plain for everybody else."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.runtime.screen import show, table
from tests.conftest import ROOT

_HEADINGS = ("Segment", "Customers")
_ROWS = (("Loyal regulars [of the shop]", "1,500"), ("all", "1,500"))
_SHOW = (
    "from pipeline.runtime.screen import show, table;"
    f"show(table({_HEADINGS}, {_ROWS}, has_total=True), 'A path that is longer than the screen')"
)


def _on_a_terminal(**environment: str) -> str:
    """Return what a process writes that sees a terminal."""
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", _SHOW],
        stdout=theirs, cwd=ROOT, check=True,
        env={"PATH": os.environ["PATH"], "TERM": "xterm-256color"} | environment,
    )  # fmt: skip
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 10_000):
            written += part
    except OSError:  # the end, on Linux
        pass
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def test_in_a_pipe_a_table_is_plain_columns(capsys: pytest.CaptureFixture[str]) -> None:
    show(table(_HEADINGS, _ROWS, has_total=True), "a line")
    assert capsys.readouterr().out.splitlines() == [
        "Segment                       Customers",
        "Loyal regulars [of the shop]      1,500",
        "all                               1,500",
        "a line",
    ]


def test_a_terminal_has_lines_and_its_own_width() -> None:
    written = _on_a_terminal(COLUMNS="30")
    rows = [line for line in written.splitlines() if "│" in line or "─" in line]
    assert rows
    assert max(len(line) for line in _without_colours("\n".join(rows)).splitlines()) == 30
    # A path stays whole, to be copied.
    assert "A path that is longer than the screen" in written


def test_colours_are_for_terminals_that_want_them() -> None:
    assert "\x1b[1m" in _on_a_terminal(COLUMNS="80")
    assert "\x1b[3" not in _on_a_terminal(COLUMNS="80", NO_COLOR="1")
    assert "\x1b" not in _on_a_terminal(COLUMNS="80", TERM="dumb")


def test_a_reader_who_goes_away_is_no_failure(tmp_path: Path) -> None:
    code = "import os, time; os.close(1); os.dup2(os.open('/dev/full', os.O_WRONLY), 1);" + _SHOW
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (0, b"")


def _without_colours(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
