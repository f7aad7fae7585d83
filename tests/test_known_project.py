"""What the tests take for granted of the project that is read once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.runtime.project_settings import PRESETS, preset_variables
from tests.known_project import (
    known_project,
    project_read_with,
    read_projects,
    variables_seen,
)

OF_A_RUN = {"as_of": "2019-12-01", "forget_files": ["a.csv"], "max_rejected_share": 1}
SETTINGS = [preset_variables(path.stem) | OF_A_RUN for path in sorted(PRESETS.glob("*.yml"))]


def _nodes(project: Any) -> dict[str, dict]:
    nodes = [*project.nodes.values(), *project.sources.values(), *project.unit_tests.values()]
    return {node.unique_id: node.to_dict() | {"created_at": None} for node in nodes}


@pytest.fixture(scope="module")
def projects_read() -> None:
    read_projects([*SETTINGS, *map(variables_seen, SETTINGS)])


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.usefixtures("projects_read")
@pytest.mark.parametrize("variables", SETTINGS)
def test_other_variables_change_nothing_of_it(variables: dict[str, Any], tmp_path: Path) -> None:
    warehouse = tmp_path / "any.duckdb"
    known, read = known_project(variables, warehouse), project_read_with(variables, warehouse)
    assert _nodes(known) == _nodes(read)
    assert len(_nodes(known)) > 100


@pytest.mark.slow
def test_it_is_that_of_the_warehouse_and_of_its_variables(tmp_path: Path) -> None:
    read_projects([{}, {"segment_count": 5}])
    projects = [known_project({}, tmp_path / f"{name}.duckdb") for name in ("one", "two v1.2")]
    model = "model.amazing_customer_segments.trained_segments"
    names = [project.nodes[model].relation_name for project in projects]
    assert names == ['"one"."marts"."trained_segments"', '"two v1"."marts"."trained_segments"']
    other = known_project({"segment_count": 5}, tmp_path / "one.duckdb")
    counts = [project.nodes[model].config["segment_count"] for project in (projects[0], other)]
    assert counts == [None, 5]
