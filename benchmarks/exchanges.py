"""What moves between the machines of a cluster, and what computes there, by the table it is for.

Read from the log of events that Spark writes of a session (`spark.eventLog.enabled`): its own
count, not our reading of its plans.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEADER = ["table", "statements", "exchanges", "MB moved", "rows moved", "processor seconds"]
# Of a statement that makes a table, and of one that writes the files of one that is there.
_TARGETS = (
    re.compile(r"Create\w+Command\nArguments: `\w+`\.`(\w+)`\.`(\w+)`"),
    re.compile(
        r"Execute InsertIntoHadoopFsRelationCommand\nInput[^\n]*\n"
        r"Arguments: [^\n,]*/(\w+)\.db/(\w+)"
    ),
)
_PASSING = re.compile(r"__next$")


@dataclass
class Moved:
    """What the statements for one table took."""

    statements: int = 0
    exchanges: int = 0
    moved_bytes: int = 0
    moved_rows: int = 0
    seconds: float = 0.0

    def row(self, name: str) -> list[str]:
        """Return the cells of the table of results."""
        return [
            name, str(self.statements), str(self.exchanges), f"{self.moved_bytes / 1e6:,.1f}",
            f"{self.moved_rows:,}", f"{self.seconds:.1f}",
        ]  # fmt: skip


def exchanges_by_table(log: Path) -> dict[str, Moved]:
    """Sum a log of events by the table that is written, the one that moves most first."""
    found: defaultdict[str, Moved] = defaultdict(Moved)
    table_of_statement: dict[str, str] = {}
    table_of_stage: dict[int, str] = {}
    for event in _events(log):
        kind = event["Event"].rpartition(".")[2]
        if kind == "SparkListenerSQLExecutionStart":
            # One that makes a table has another one write its files.
            started_by = table_of_statement.get(str(event.get("rootExecutionId")))
            table = started_by or _table(event["physicalPlanDescription"])
            table_of_statement[str(event["executionId"])] = table
            found[table].statements += not started_by
        elif kind == "SparkListenerJobStart":
            statement = event.get("Properties", {}).get("spark.sql.execution.id", "")
            for stage in event["Stage IDs"]:
                table_of_stage[stage] = table_of_statement.get(statement, "other")
        elif kind == "SparkListenerStageCompleted":
            stage = event["Stage Info"]
            moved = found[table_of_stage.get(stage["Stage ID"], "other")]
            written = _accumulated(stage, "internal.metrics.shuffle.write.bytesWritten")
            moved.exchanges += written > 0
            moved.moved_bytes += written
            moved.moved_rows += _accumulated(stage, "internal.metrics.shuffle.write.recordsWritten")
            moved.seconds += _accumulated(stage, "internal.metrics.executorCpuTime") / 1e9
    return dict(sorted(found.items(), key=lambda item: -item[1].moved_bytes))


def _events(log: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(log.rglob("events_*")):
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _table(plan: str) -> str:
    found = next(filter(None, (target.search(plan) for target in _TARGETS)), None)
    return f"{found[1]}.{_PASSING.sub('', found[2])}" if found else "other"


def _accumulated(stage: dict[str, Any], name: str) -> int:
    return sum(int(each["Value"]) for each in stage["Accumulables"] if each["Name"] == name)
