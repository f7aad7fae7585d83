"""What the data tests take, beside what they test."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

from benchmarks.process import ROOT, measure
from benchmarks.stores import Store

HEADER = ["events", "nodes", "how many", "seconds", "share"]


def measure_checks(store: Store, folder: Path) -> list[list[str]]:
    """Return the rows of a table: the seconds of all data tests and of all models of a build.

    A first `dbt build`, training included; unit tests, which read no data, are left out.
    """
    os.environ.update(
        AMAZING_WAREHOUSE=str(folder / "warehouse.duckdb"),
        AMAZING_DATASETS=str(store.datasets),
        AMAZING_ROOT=str(ROOT),
    )
    notes = ["--target-path", folder / "target", "--log-path", folder / "logs"]
    measure(["-m", "dbt.cli.main", "build", "--exclude-resource-type", "unit_test", *notes])
    results = json.loads((folder / "target" / "run_results.json").read_text())["results"]
    seconds = defaultdict(list)
    for result in results:
        kind = result["unique_id"].split(".")[0]
        seconds["data tests" if kind == "test" else "models"].append(result["execution_time"])
    total = sum(map(sum, seconds.values()))
    return [
        [
            f"{store.event_count:,}",
            kind,
            str(len(seconds[kind])),
            f"{sum(seconds[kind]):.1f}",
            f"{100 * sum(seconds[kind]) / total:.1f} %",
        ]
        for kind in ("models", "data tests")
    ]
