"""All figures of the exploration, gathered in the order in which they are cheap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.reporting.exploration import audience, prices, quality, timing
from pipeline.reporting.exploration.distribution import Distribution
from pipeline.reporting.exploration.scratch import EVENTS, scratch_tables
from pipeline.runtime.masking import masked
from pipeline.runtime.progress import Reporter, Stage

SCHEMA_VERSION = 1


@dataclass(frozen=True)
class ExploredFile:
    """What is known of a file before any row is parsed."""

    source_file: str
    size_bytes: int
    line_count: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class FileFacts:
    """A file, with the rows read from it and those that cleaning would refuse."""

    source_file: str
    size_bytes: int
    line_count: int
    row_count: int
    refused_count: int
    columns: list[str]


@dataclass(frozen=True)
class FunnelStep:
    """Users with at least one event of a type; None where they are too few to be shown."""

    event_type: str
    user_count: int | None
    user_share: float | None


@dataclass(frozen=True)
class Facts:
    """All that the report says. Nothing in it names a user or a session."""

    is_synthetic: bool
    min_group_size: int
    row_count: int
    user_count: int | None
    files: list[FileFacts]
    columns: list[quality.ExploredColumn]
    refused_count: int
    refused_share: float
    refusals: list[quality.Refusal]
    duplicates: quality.Duplicates
    timing: timing.Timing
    prices: prices.Prices
    events_per_user: Distribution
    events_per_session: Distribution
    funnel: list[FunnelStep]
    top_categories: audience.Ranking
    top_brands: audience.Ranking


def gather_facts(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[ExploredFile],
    folder: Path,
    *,
    is_synthetic: bool,
    min_group_size: int,
    reporter: Reporter,
) -> Facts:
    """Read the view `staging.stg_events` once and answer every question from the copy.

    Parameters
    ----------
    connection : duckdb connection
        In which the view exists.
    files : sequence of ExploredFile
    folder : Path
        Existing private folder, in which the copy lives meanwhile.
    is_synthetic : bool
        Whether the rows were made up.
    min_group_size : int
        Smallest group of users that is shown.
    reporter : Reporter

    Raises
    ------
    PipelineError
        When the disk lacks room or the files cannot be read.
    """
    expected = sum(file.line_count for file in files)
    with scratch_tables(connection, folder, expected, reporter):
        file_facts = _file_facts(connection, files)
        row_count = sum(file.row_count for file in file_facts)
        with reporter.stage("Exploring the rows", None, "questions answered") as stage:
            answers = _answers(connection, row_count, min_group_size, stage)
    refused = sum(file.refused_count for file in file_facts)
    return Facts(
        is_synthetic=is_synthetic,
        min_group_size=min_group_size,
        row_count=row_count,
        files=file_facts,
        refused_count=refused,
        refused_share=quality.share(refused, row_count),
        **answers,
    )


def plain_data(facts: Facts) -> dict[str, Any]:
    """Return the facts as JSON can hold them: dates as text, keys in a fixed order."""
    return {"schema_version": SCHEMA_VERSION, **_plain(asdict(facts))}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _file_facts(
    connection: duckdb.DuckDBPyConnection, files: Sequence[ExploredFile]
) -> list[FileFacts]:
    rows = connection.execute(
        f"select source_file, count(*), count(rejection_reason) from {EVENTS} group by source_file"
    ).fetchall()
    counted = {name: (read, refused) for name, read, refused in rows}
    known = {file.source_file: file for file in files}
    for name in sorted(counted.keys() - known.keys(), key=str):
        known[name] = ExploredFile(str(name), 0, 0, ())
    return [
        FileFacts(
            file.source_file,
            file.size_bytes,
            file.line_count,
            *counted.get(name, (0, 0)),
            # A file without a header shows its first row here.
            [masked(column) for column in file.columns],
        )
        for name, file in known.items()
    ]


def _answers(
    connection: duckdb.DuckDBPyConnection, row_count: int, min_group_size: int, stage: Stage
) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def answer(name: str, value: Any) -> None:
        found[name] = value
        stage.advance(1)

    users = audience.user_counts(connection)
    answer("timing", timing.timing(connection))
    for duplicates in quality.duplicates(connection, found["timing"].by_day, row_count):
        answer("duplicates", duplicates)
    answer("columns", quality.explored_columns(connection, row_count, min_group_size))
    answer("refusals", quality.refusals(connection, row_count))
    answer("prices", prices.prices(connection, users, min_group_size))
    answer("events_per_user", audience.events_per_user(connection, min_group_size))
    sessions = audience.events_per_session(connection, users["all"], min_group_size)
    answer("events_per_session", sessions)
    for name, column in (("top_categories", "category_code"), ("top_brands", "brand")):
        answer(name, audience.ranking(connection, column, row_count, min_group_size))
    answer("user_count", _shown(users["all"], min_group_size))
    answer("funnel", _funnel(users, min_group_size))
    return found


def _funnel(users: dict[str, int], min_group_size: int) -> list[FunnelStep]:
    steps = []
    for event_type, count in users.items():
        if event_type == "all" or (event_type == "other" and not count):
            continue
        shown = _shown(count, min_group_size)
        part = None if shown is None else quality.share(count, users["all"])
        steps.append(FunnelStep(event_type, shown, part))
    return steps


def _shown(count: int, min_group_size: int) -> int | None:
    return None if 0 < count < min_group_size else count
