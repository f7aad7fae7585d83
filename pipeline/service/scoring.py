"""One customer's label from the events alone, by the queries that labelled everybody."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from pipeline.runtime.errors import InputError, PipelineError
from pipeline.service.pseudonyms import know_pseudonyms

# What the queries make, in their order, and how. Constants of the store come from the publication.
_VIEW, _TABLE, _BY_MONTH = "view", "table", "by month"
_STEPS = (
    ("staging", "stg_lines", _VIEW),
    ("staging", "stg_events", _TABLE),
    ("core", "event_lines", _TABLE),
    ("core", "events", _VIEW),
    ("core", "int_sessions", _BY_MONTH),
    ("core", "sessions", _VIEW),
    ("core", "int_user_products", _BY_MONTH),
    ("core", "int_cart_steps", _BY_MONTH),
    ("core", "int_user_months", _BY_MONTH),
    ("core", "int_user_orders", _TABLE),
    ("core", "int_user_carts", _VIEW),
    ("core", "int_user_totals", _TABLE),
    ("marts", "user_features", _VIEW),
    ("marts", "segment_inputs", _VIEW),
    ("marts", "user_segments", _TABLE),
)
_MARK = "mark_repeated_events"
# What the queries by month are told by; as a parameter, one plan does for all months.
_MONTH = "getvariable('month_start')"
_CONSTANTS = (
    "core.store_rhythm",
    "core.int_category_prices",
    "marts.current_segment_model",
    # Whoever objects to being profiled has no label here either.
    "ops.objections",
)
# Queries of a store with erased people call functions that know keys. What is posted is scored by
# itself and forgotten.
_FUNCTIONS = (
    "is_erased(id) as false",
    "without_erased(line) as line",
)
# Where ids of visits are not kept: any number that tells them apart.
_MARK_OF_VISIT = "session_pseudonym(id) as hash(id)"
_AS_OF = "select as_of from published.core.store_totals"
# A visit of nobody on the last day that the store knows: features are as of the day after.
_VISIT_OF_NOBODY = """
    insert into core.int_sessions by name
    select
        -9223372036854775808 as user_id, $1::date as visit_date, 0 as event_count, 0 as view_count,
        0 as cart_count, 0 as removal_count, 0 as purchase_count, 0 as refund_count,
        0 as night_event_count, 0 as revenue, $1::timestamp as started_at,
        $1::timestamp as ended_at, 0 as duration_seconds, false as is_automatic,
        date_trunc('month', $1::date) as visit_month
"""
_MONTHS = """
    select distinct date_trunc('month', occurred_at)::date from core.events order by 1
"""
_OUTCOMES = """
    select line_number, rejection_reason from staging.stg_events
    where rejection_reason is not null order by line_number
"""
_COUNTS = """
    select count(*) filter (where rejection_reason is null and not is_duplicate),
        count(*) filter (where is_duplicate)
    from core.event_lines
"""
_LABELS = "select * from marts.user_segments order by user_id"
# Clocks of shops run ahead of ours by a few hours.
_AHEAD = timedelta(days=2)


class UnknownColumnError(ValueError):
    """An event has a column that no event has."""


@dataclass(frozen=True)
class Score:
    """What the events of one customer come to.

    Attributes
    ----------
    label : the row of `user_segments`; None where no event was kept
    as_of : the day that the features are seen from
    kept_count, repeated_count : events that count, and events that repeat another
    refused : place of each other event, from 1, and why it does not count
    customer_count : how many customers the events belong to
    """

    label: Mapping[str, Any] | None
    as_of: date
    kept_count: int
    repeated_count: int
    refused: Sequence[tuple[int, str]]
    customer_count: int


class Scorer:
    """A small database in memory with the queries and the constants of one publication.

    It scores one customer at a time: whoever has several threads gives each one of its own.
    """

    def __init__(self, published: Path) -> None:
        self._connection = duckdb.connect(config={"threads": 1, "memory_limit": "512MB"})
        self._connection.execute("set TimeZone = 'UTC'")
        # A plan for a handful of rows takes longer to improve than to run, and one that was made
        # while tables were empty must not take that for granted.
        self._connection.execute("pragma disable_optimizer")
        path = str(published).replace("'", "''")
        self._connection.execute(f"attach '{path}' as published (read_only)")
        try:
            self._queries = self._published_queries()
            self._know_people()
            self._copy_constants()
        finally:
            self._connection.execute("detach published")
        # What is sent is data: no query has any business outside of this memory.
        self._connection.execute("set enable_external_access = false")
        self._names = {
            name.lower(): column
            for column, names in json.loads(self._queries["columns"]).items()
            for name in names
        }
        self._create_relations()
        self._prepare()

    def score(self, events: Sequence[Mapping[str, str | None]]) -> Score:
        """Return what the events come to.

        Parameters
        ----------
        events : sequence of mapping of str to str or None
            Texts by the names that the columns have in the files of the store.

        Raises
        ------
        UnknownColumnError
            When an event has another column.
        """
        self._clear()
        self._post(events)
        months: list[date] = []
        for _, name, kind in _STEPS:
            if kind == _TABLE:
                self._connection.execute(f"execute fill_{name}")
            for month in months if kind == _BY_MONTH else ():
                self._connection.execute(f"execute fill_{name}(date '{month}')")
            if name == "event_lines":
                self._connection.execute(f"execute {_MARK}")
            elif name == "events":
                months = [month for (month,) in self._rows(_MONTHS)]
            elif name == "int_sessions":
                self._connection.execute(_VISIT_OF_NOBODY, [self._last_day])
        return self._result()

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _published_queries(self) -> dict[str, str]:
        try:
            rows = self._rows("select name, query from published.ops.scoring_queries")
        except duckdb.CatalogException:
            rows = []
        queries = dict(rows)
        needed = {name for _, name, _ in _STEPS} | {"columns", _MARK}
        if not needed <= queries.keys():
            raise InputError(
                "The publication has no queries to score with, so an earlier version made it: run"
                " `python run_pipeline.py run --full-refresh`."
            )
        return queries

    def _know_people(self) -> None:
        has_pseudonyms = know_pseudonyms(self._connection)
        for function in (*_FUNCTIONS, *(() if has_pseudonyms else (_MARK_OF_VISIT,))):
            self._connection.execute(f"create macro {function}")

    def _copy_constants(self) -> None:
        for schema in ("datasets", "staging", "core", "marts", "ops"):
            self._connection.execute(f"create schema {schema}")
        for relation in _CONSTANTS:
            self._connection.execute(f"create table {relation} as from published.{relation}")
        self._last_day = (self._rows(_AS_OF)[0][0] or date(1970, 1, 2)) - timedelta(days=1)

    def _create_relations(self) -> None:
        columns = ", ".join(f"{name} text" for name in sorted(set(self._names.values())))
        self._connection.execute(
            f"create table datasets.posted_events (line_number bigint, future_from date, {columns})"
        )
        for schema, name, kind in _STEPS:
            query = self._queries[name]
            self._connection.execute(
                f"create view {schema}.{name} as {query}"
                if kind == _VIEW
                else f"create table {schema}.{name} as from ({query}) limit 0"
            )

    def _prepare(self) -> None:
        """Plan each query once: that takes four times as long as to run it."""
        for schema, name, kind in _STEPS:
            if kind != _VIEW:
                query = self._queries[name].replace(_MONTH, "$1")
                self._connection.execute(
                    f"prepare fill_{name} as insert into {schema}.{name} by name {query}"
                )
        self._connection.execute(f"prepare {_MARK} as {self._queries[_MARK]}")

    def _clear(self) -> None:
        self._connection.execute("delete from datasets.posted_events")
        for schema, name, kind in _STEPS:
            if kind != _VIEW:
                self._connection.execute(f"delete from {schema}.{name}")

    def _post(self, events: Sequence[Mapping[str, str | None]]) -> None:
        future_from = (datetime.now(UTC) + _AHEAD).date()
        columns = sorted(set(self._names.values()))
        rows: list[dict[str, str | None]] = []
        for event in events:
            row: dict[str, str | None] = dict.fromkeys(columns)
            for name, value in event.items():
                column = self._names.get(name.strip().lower())
                if column is None:
                    raise UnknownColumnError(name)
                row[column] = value
            rows.append(row)
        # One list of each column: a statement of fixed length, whatever is sent.
        lists = [[row[column] for row in rows] for column in columns]
        unnested = ", ".join(f"unnest(?::text[]) as {column}" for column in columns)
        self._connection.execute(
            "insert into datasets.posted_events by name select unnest(range(1, ?::bigint + 1))"
            f" as line_number, ?::date as future_from, {unnested}",
            [len(rows), future_from, *lists],
        )

    def _result(self) -> Score:
        kept, repeated = self._rows(_COUNTS)[0]
        labels = self._connection.execute(_LABELS)
        columns = [name for name, *_ in labels.description or ()]
        rows = labels.fetchall()
        as_of = self._rows("select max(visit_date) + 1 from core.sessions")[0][0]
        return Score(
            dict(zip(columns, rows[0], strict=True)) if rows else None,
            as_of,
            kept,
            repeated,
            [(int(place), str(reason)) for place, reason in self._rows(_OUTCOMES)],
            len(rows),
        )

    def _rows(self, query: str) -> list[tuple]:
        return self._connection.execute(query).fetchall()


def scorer_of(published: Path) -> Scorer:
    """Return a scorer of a publication.

    Raises
    ------
    InputError
        When the publication has pseudonyms, and the key is not that of them.
    PipelineError
        When the queries of the publication do not run by this version of DuckDB.
    """
    try:
        return Scorer(published)
    except duckdb.Error as error:
        raise PipelineError(
            f"The publication cannot be scored with ({str(error).splitlines()[0]}): run"
            " `python run_pipeline.py run --full-refresh`."
        ) from error
