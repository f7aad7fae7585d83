"""The memory limit is a promise about the whole process; the smallest that is allowed is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.process import measure
from pipeline.demo_store import write_demo_store
from pipeline.memory import SMALLEST_BYTES

pytestmark = pytest.mark.slow


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
