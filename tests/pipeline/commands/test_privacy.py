"""What privacy commands refuse, in one sentence, before anything is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_pipeline


@pytest.mark.slow
@pytest.mark.parametrize("command", ["forget 1", "object 1", "rotate-key"])
def test_a_lake_of_spark_is_refused_plainly(tmp_path: Path, command: str) -> None:
    finished = run_pipeline(
        "privacy", *command.split(), "--engine", "spark", "--warehouse", tmp_path / "w.duckdb"
    )
    assert finished.code == 2
    assert "it cannot change the lake of Spark, so take the people out of the files" in (
        finished.errors
    )
    assert finished.errors.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
