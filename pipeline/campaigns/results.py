"""What a campaign changed, from the published file, for any number of days."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import pyarrow as pa

from ml.outcomes.campaign_results import ALL, NO_SEGMENT, results_of_campaigns
from pipeline.campaigns.plan import KnownCampaign, require_campaign
from pipeline.runtime.errors import InputError

__all__ = ["ALL", "NO_SEGMENT", "result_of"]

_STORED = "select * from marts.campaign_results where campaign = ? order by period, group_id"
_GROUPS = """
    select campaign, segment_id, is_control, count(*) as member_count
    from marts.campaign_members
    where campaign = ?
    group by all
    order by all
"""
_PURCHASES = """
    select * from marts.campaign_purchases where campaign = ? order by user_id, day_number
"""


def result_of(
    connection: duckdb.DuckDBPyConnection, name: str, day_count: int | None
) -> tuple[KnownCampaign, pa.Table]:
    """Return a campaign and its rows of `marts.campaign_results`, for so many days.

    Raises
    ------
    InputError
        When there is no such campaign, or no day of it is in the data yet.
    """
    known = require_campaign(connection, name)
    if not known.observed_day_count:
        raise InputError(
            f"The campaign {name} starts on {known.starts_on}, and the data end before that:"
            " load the files of its days with `python run_pipeline.py` first."
        )
    if day_count in (None, known.day_count):
        return known, connection.sql(_STORED, params=[name]).to_arrow_table()
    known = replace(known, day_count=day_count or known.day_count)
    campaigns = pa.table(
        {
            "campaign": [name],
            "day_count": [known.day_count],
            "observed_day_count": [known.observed_day_count],
        }
    )
    return known, results_of_campaigns(
        campaigns,
        connection.sql(_GROUPS, params=[name]).to_arrow_table(),
        connection.sql(_PURCHASES, params=[name]).to_arrow_table(),
    )
