"""What docs/privacy.md shows exists: commands, options, tables and settings."""

from __future__ import annotations

import re

import pytest
import yaml
from click.testing import CliRunner

from pipeline.cli import cli
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "privacy.md").read_text()
COMMANDS = re.findall(r"^python run_pipeline\.py privacy (\S+)([^\n]*)$", PAGE, flags=re.MULTILINE)


def _help(*command: str) -> str:
    finished = CliRunner().invoke(cli, ["privacy", *command, "--help"])
    assert finished.exit_code == 0
    return finished.output


@pytest.mark.parametrize("name", sorted({name for name, _ in COMMANDS}))
def test_commands_have_the_options_that_are_shown(name: str) -> None:
    known = set(re.findall(r"--[a-z-]+", _help(name)))
    for _, arguments in [one for one in COMMANDS if one[0] == name]:
        assert set(re.findall(r"--[a-z-]+", arguments)) <= known


def test_every_command_is_on_the_page() -> None:
    for name in re.findall(r"^  ([a-z-]+)  ", _help(), flags=re.MULTILINE):
        assert f"privacy {name}" in PAGE


def test_tables_and_settings_that_are_named_exist() -> None:
    notes = yaml.safe_load((ROOT / "dbt_project/models/_ops__sources.yml").read_text())
    tables = {table["name"] for table in notes["sources"][0]["tables"]}
    assert set(re.findall(r"`ops\.(\w+)`", PAGE)) <= tables
    settings = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    assert {"retention_months", "min_group_size"} <= settings.keys()


def test_the_keys_of_an_answer_are_those_of_the_page() -> None:
    code = (ROOT / "pipeline" / "privacy" / "access.py").read_text()
    written = re.search(r"found = \{(.*?)\n        \}", code, flags=re.DOTALL)
    assert written
    keys = set(re.findall(r'^            "(\w+)":', written[1], flags=re.MULTILINE))
    table = PAGE[PAGE.index("## The answer") : PAGE.index("## Impact")]
    assert keys == {
        key for row in re.findall(r"^\| (`[^|]*) \|", table, flags=re.MULTILINE)
        for key in re.findall(r"`(\w+)`", row)
    }  # fmt: skip
