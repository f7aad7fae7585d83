"""The shape of the SQL, as far as no linter counts it."""

from __future__ import annotations

from pathlib import Path

import pytest

SQL = sorted((Path(__file__).resolve().parents[1] / "dbt_project").rglob("*.sql"))


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.stem)
def test_a_file_of_sql_is_read_on_one_page(path: Path) -> None:
    lines = path.read_text().splitlines()
    assert len(lines) <= 120
    assert max(map(len, lines)) <= 80
