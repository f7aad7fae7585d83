"""The memory limit is a promise about the whole process; the smallest that is allowed is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.process import measure
from pipeline.commands.build import etl
from pipeline.demo_store import write_demo_store
from pipeline.runtime import memory
from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import SMALLEST_BYTES
from pipeline.runtime.progress import QuietReporter
from pipeline.runtime.settings import RunSettings
from tests.conftest import HEADER

pytestmark = pytest.mark.slow

LINE = "2019-10-01 10:00:00 UTC,view,1,5,,acme,2.50,1,s1"


@pytest.mark.long
def test_a_first_run_keeps_within_the_smallest_limit(tmp_path: Path) -> None:
    """Of 150,000 events; `benchmarks/results/memory_25.md` has 25 million, and larger limits."""
    write_demo_store(
        tmp_path / "datasets", user_count=5_000, planted_types_file=tmp_path / "planted_types.csv"
    )
    run = measure(
        [
            "run_pipeline.py", "run", "--quiet",
            "--memory-limit", f"{SMALLEST_BYTES // 1_000_000}MB",
            "--datasets", tmp_path / "datasets",
            "--warehouse", tmp_path / "w" / "w.duckdb",
            "--reports", tmp_path / "reports",
        ]
    )  # fmt: skip
    assert run.peak_bytes <= SMALLEST_BYTES


def test_too_little_for_the_files_touches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "datasets").mkdir()
    (tmp_path / "datasets" / "a.csv").write_text(f"{HEADER}\n{LINE}\n{LINE}\n")
    monkeypatch.setattr(memory, "DATABASE_BYTES_PER_LINE", 1_000_000_000)
    warehouse = tmp_path / "w" / "w.duckdb"
    settings = RunSettings(tmp_path / "datasets", warehouse, tmp_path, memory_limit=2_000_000_000)
    with pytest.raises(
        InputError,
        match=r"^--memory-limit 2,000MB is too little for 2 lines: .* at least 3\.5GB\.$",
    ):
        etl(settings, QuietReporter())
    assert not warehouse.exists()
