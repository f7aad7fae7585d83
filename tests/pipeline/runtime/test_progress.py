from __future__ import annotations

import pytest

from pipeline.runtime import progress
from pipeline.runtime.progress import LineReporter, QuietReporter, TerminalReporter, reporter


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = reporter(quiet=True)
    with quiet.stage("Reading", 10, "rows") as stage:
        stage.advance(5)
        stage.set_total(20)
        stage.describe("still reading")
    quiet.say("nothing")
    assert isinstance(quiet, QuietReporter)
    assert capsys.readouterr() == ("", "")


def test_lines_tell_amount_and_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 1.0, 10.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with LineReporter().stage("Reading", 100, "rows") as stage:
        stage.advance(10)
        stage.advance(10)
    # After 10 s a fifth is done, so 40 s are left; after 1 s it is too early for a line.
    assert capsys.readouterr().err == ("Reading\nReading, 20 rows of 100, about 40 s left\n")


def test_steps_tell_no_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 10.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with LineReporter().stage("Building", None, "steps") as stage:
        stage.set_total(4)
        stage.advance(1)
    assert capsys.readouterr().err.splitlines()[1] == "Building, 1 steps of 4"


def test_a_bar_can_be_resized(capsys: pytest.CaptureFixture[str]) -> None:
    terminal = TerminalReporter()
    with terminal.stage("Building", None, "steps") as stage:
        stage.set_total(2)
        stage.describe("Building: events")
        stage.advance(1)
    terminal.say("a [bold] name stays as it is")
    assert "[bold]" in capsys.readouterr().err
