"""Members of a campaign as rows to export: whom to write to, and whom not."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from pipeline.campaigns.plan import KnownCampaign
from pipeline.exports.audience import NO_OBJECTION, chosen_columns, published_columns
from pipeline.exports.customers import Selection
from pipeline.exports.request import DEFAULT_COLUMNS

_MEMBERS = """(
    select
        customers.*,
        members.campaign,
        case when members.is_control then 'control' else 'treated' end as campaign_group
    from marts.customers as customers
    inner join marts.campaign_members as members using (user_id)
    where members.campaign = '{name}'
)"""


def members_of(
    connection: duckdb.DuckDBPyConnection,
    known: KnownCampaign,
    column_names: Sequence[str],
    group: str,
) -> Selection:
    """Return the members of a campaign who are in the data, of one group or of both.

    Raises
    ------
    InputError
        When a column does not exist.
    """
    own = {"campaign": "VARCHAR", "campaign_group": "VARCHAR"}
    columns = published_columns(connection) | own
    names = chosen_columns(column_names or (*DEFAULT_COLUMNS, *own), columns)
    return Selection(
        _MEMBERS.format(name=known.name.replace("'", "''")),
        NO_OBJECTION if group == "both" else f"{NO_OBJECTION} and campaign_group = '{group}'",
        {name: columns[name] for name in names},
        {"campaign": known.name, "group": group, "request": known.request},
    )
