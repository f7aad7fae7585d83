"""What each campaign changed, as `marts.campaign_results` has it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.warehouse.connection import relation_exists

#: The group of all members together.
ALL = "all"
_CAMPAIGNS = """
    select campaign, starts_on, day_count, model_version from marts.campaigns
    order by starts_on desc, campaign
"""
_RESULTS = (
    "select * from marts.campaign_results where campaign = ? order by group_id <> 'all', group_id"
)
_NAMES = """
    select segment_id::text, map(list(language), list(segment_name))
    from marts.segment_texts
    where model_version = ?
    group by segment_id
"""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Campaign:
    """One campaign: what its groups did before and after its start, all together first.

    `names` are those of the segments of the draw, by id and language.
    """

    name: str
    starts_on: dt.date
    day_count: int
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    names: Mapping[str, Mapping[str, str]]
    hidden_count: int = 0


def gather_campaigns(connection: duckdb.DuckDBPyConnection) -> tuple[Campaign, ...]:
    """Return all campaigns, the last first; none where an earlier version built the warehouse."""
    if not relation_exists(connection, "marts", "campaign_results"):
        return ()
    found = []
    for name, starts_on, day_count, version in connection.execute(_CAMPAIGNS).fetchall():
        rows = connection.sql(_RESULTS, params=[name]).to_arrow_table().to_pylist()
        names = dict(connection.execute(_NAMES, [version]).fetchall())
        before, after = (
            tuple(row for row in rows if row["period"] == period) for period in ("before", "after")
        )
        found.append(Campaign(name, starts_on, day_count, before, after, names))
    return tuple(found)
