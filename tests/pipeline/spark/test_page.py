"""What docs/spark.md says of dbt's own tests."""

from __future__ import annotations

import re

import yaml

from tests.conftest import ROOT


def test_the_unit_tests_of_one_engine_are_listed() -> None:
    page = (ROOT / "docs" / "spark.md").read_text()
    listed = re.search(r"\| unit test \| why \|\n\|---\|---\|\n((?:\|.*\n)+)", page)[1]
    files = (ROOT / "dbt_project" / "models").rglob("*unit_tests.yml")
    tests = [test for file in files for test in yaml.safe_load(file.read_text())["unit_tests"]]
    only = {test["name"] for test in tests if "target.type" in str(test.get("config"))}
    assert set(re.findall(r"^\| `(\w+)`", listed, flags=re.MULTILINE)) == only
