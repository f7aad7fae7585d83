"""What a log of Spark's events says of each table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.exchanges import Moved, exchanges_by_table

_MAKES = (
    "== Physical Plan ==\n\n(2) CreateDataSourceTableAsSelectCommand\n"
    "Arguments: `spark_catalog`.`core`.`int_sessions__next`, ErrorIfExists, [k, n]\n"
)
_WRITES = (
    "(9) Execute InsertIntoHadoopFsRelationCommand\nInput: []\n"
    "Arguments: file:/lake/tables/core.db/{table}, false, Parquet, Overwrite, [x]\n"
)


def _statement(number: int, plan: str, root: int | None = None) -> dict[str, Any]:
    return {
        "Event": "org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart",
        "executionId": number,
        "rootExecutionId": number if root is None else root,
        "physicalPlanDescription": plan,
    }


def _stage(number: int, statement: int, moved: int, rows: int, seconds: float) -> list[dict]:
    metrics = {
        "internal.metrics.shuffle.write.bytesWritten": moved,
        "internal.metrics.shuffle.write.recordsWritten": rows,
        "internal.metrics.executorCpuTime": int(seconds * 1e9),
    }
    accumulables = [{"Name": name, "Value": value} for name, value in metrics.items()]
    return [
        {
            "Event": "SparkListenerJobStart",
            "Stage IDs": [number],
            "Properties": {"spark.sql.execution.id": str(statement)},
        },
        {
            "Event": "SparkListenerStageCompleted",
            "Stage Info": {"Stage ID": number, "Accumulables": accumulables},
        },
    ]


def test_a_stage_belongs_to_the_table_that_its_statement_is_for(tmp_path: Path) -> None:
    events = [
        _statement(0, _MAKES),
        _statement(1, _WRITES.format(table="int_sessions__next"), root=0),
        *_stage(0, 1, 2_000, 7, 0.5),
        *_stage(1, 1, 0, 0, 0.25),
        _statement(2, _WRITES.format(table="days")),
        *_stage(2, 2, 5_000, 9, 1.0),
        _statement(3, "(1) Scan parquet spark_catalog.core.days"),
        *_stage(3, 3, 0, 0, 0.1),
    ]
    (tmp_path / "appstatus_1").write_bytes(b"\xb5")
    (tmp_path / "events_1").write_text("\n".join(map(json.dumps, events)))
    assert exchanges_by_table(tmp_path) == {
        "core.days": Moved(1, 1, 5_000, 9, 1.0),
        "core.int_sessions": Moved(1, 1, 2_000, 7, 0.75),
        "other": Moved(1, 0, 0, 0, 0.1),
    }
