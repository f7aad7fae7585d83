"""The page on activation: its commands run, from a run to a measured campaign."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from tests.conftest import ROOT, Finished, run_pipeline

PAGE = (ROOT / "docs" / "activation.md").read_text()
# Those that need a server of their own are tested beside it.
_OF_SERVERS = ("export postgres", "export redshift", "serve")
COMMANDS = [
    line
    for block in re.findall(r"```console\n(.*?)```", PAGE, flags=re.DOTALL)
    for line in re.findall(r"^python run_pipeline\.py (.*)$", block, flags=re.MULTILINE)
    if not line.startswith(_OF_SERVERS)
]


def _run(line: str, folder: Path) -> Finished:
    """Run a command of the page with its files in a folder, and the demo on a small store."""
    words = [
        str(folder / word) if re.match(r"(warehouse|exports|reports)/", word) else word
        for word in shlex.split(line)
    ]
    if words[0] == "demo":
        words += ["--users", "2000", "--warehouse", str(folder / "warehouse" / "demo.duckdb")]
        words += ["--reports", str(folder / "reports")]
    return run_pipeline(*words)


@pytest.mark.long
def test_the_walk_from_a_run_to_a_measured_campaign(tmp_path: Path) -> None:
    finished = {}
    for line in COMMANDS:
        finished[line] = _run(line, tmp_path)
        assert finished[line].code == 0, (line, finished[line].errors)
    exports = tmp_path / "exports"
    counts = {
        name: json.loads((exports / f"{name}.csv.manifest.json").read_text())["row_count"]
        for name in ("december", "december_control")
    }
    assert counts["december_control"] == pytest.approx(sum(counts.values()) / 5, abs=8)
    result = finished["campaign result december --warehouse warehouse/demo.duckdb"].output
    assert "Campaign december: 30 days, from 2019-12-01 on." in result
    assert f"{counts['december_control']:,}" in result
    report = (tmp_path / "reports" / "demo" / "report.md").read_text()
    assert "What campaigns changed" in report


def test_it_walks_from_a_run_over_lists_and_a_campaign_to_its_result() -> None:
    assert COMMANDS[0].startswith("demo ")
    assert [line.split()[0] for line in COMMANDS[-3:]] == ["run", "campaign", "campaign"]
    assert sum("--campaign" in line for line in COMMANDS) == 2


def test_options_that_the_page_names_exist() -> None:
    listed = CliRunner().invoke(cli, ["export", "customers", "--help"]).output
    named = set(re.findall(r"`(--[a-z-]+)", PAGE))
    assert named <= set(re.findall(r"--[a-z-]+", listed))
