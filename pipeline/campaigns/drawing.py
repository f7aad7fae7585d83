"""The draw: a control of every segment by a keyed hash of the id, remembered in the warehouse."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from pipeline.campaigns.plan import USUAL_DAYS, WHOLE, CampaignPlan, request_of
from pipeline.exports.request import Filters
from pipeline.runtime.errors import InputError
from pipeline.warehouse.connection import open_warehouse
from pipeline.warehouse.publication import published_path

_FEWEST = 10
# Everybody of a segment has the same chance, and of its customers as many are drawn as the share
# says, rounded up or down by a chance of its own: segments of three customers have a control, too.
# All is integers, so that the draw is the same everywhere.
_DRAW = """
    with hashed as (
        select
            *,
            ('0x' || left(sha256(salt || ':' || user_id), 15))::bigint as id_hash,
            ('0x' || left(
                sha256(salt || '/' || coalesce(segment_id::text, 'none')), 15
            ))::bigint % {whole} as first_place
        from {people}
    ),

    placed as (
        select
            *,
            row_number() over (partition by salt, segment_id order by id_hash, user_id) as place
        from hashed
    )

    select
        salt,
        user_id,
        segment_id,
        (place * {control} + first_place) // {whole}
            > ((place - 1) * {control} + first_place) // {whole} as is_control
    from placed
"""
# Whoever is in the control of a campaign that is running.
_CONTROLS = """
    select user_id
    from published.marts.campaign_members as members
    inner join published.marts.campaigns as campaigns using (campaign)
    where members.is_control and campaigns.observed_day_count < campaigns.day_count
"""
_DRAWN = "select 1 from ops.campaigns where campaign = ?"
# Who has no segment has no version either.
_AS_OF = "select max(as_of), max(model_version) from published.marts.customers"


def draw_query(people: str, control: int) -> str:
    """Return the draw as a query: `salt`, `user_id`, `segment_id`, `is_control`.

    Parameters
    ----------
    people : str
        A relation with `salt`, `user_id` and `segment_id`; who shares a salt is drawn together.
    control : int
        In ten-thousandths.
    """
    return _DRAW.format(people=people, control=control, whole=WHOLE)


def draw(warehouse: Path, plan: CampaignPlan, filters: Filters, condition: str) -> None:
    """Draw a new campaign among the published customers, and remember it.

    Automatic traffic is never drawn. All is written in one transaction, or nothing. One that was
    drawn by a command that died before it was published is not drawn again. To be called with the
    lock of the warehouse.

    Parameters
    ----------
    condition : str
        Who is meant, in SQL over `marts.customers`.

    Raises
    ------
    InputError
        When nobody is meant, or too few for two groups.
    """
    with open_warehouse(warehouse, read_only=False) as connection:
        published = str(published_path(warehouse)).replace("'", "''")
        connection.execute(f"attach '{published}' as published (read_only)")
        if connection.execute(_DRAWN, [plan.name]).fetchall():
            return
        connection.execute("begin")
        salt = secrets.token_hex(16)
        _remember_members(connection, plan, condition, salt)
        treated, control = _sizes(connection, plan.name)
        if min(treated, control) < _FEWEST:
            raise InputError(_too_few(treated, control))
        _remember_campaign(connection, plan, filters, salt)
        connection.execute("commit")


def _remember_members(
    connection: duckdb.DuckDBPyConnection, plan: CampaignPlan, condition: str, salt: str
) -> None:
    spared = f"and user_id not in ({_CONTROLS})" if plan.spares_controls else ""
    people = f"""(
        select '{salt}' as salt, user_id, segment_id
        from published.marts.customers
        where
            ({condition})
            and unsegmented_reason is distinct from 'automatic_traffic'
            {spared}
    )"""
    assert plan.control is not None
    connection.execute(
        "insert into ops.campaign_members by name"
        " select ? as campaign, user_id, segment_id, is_control"
        f" from ({draw_query(people, plan.control)})",
        [plan.name],
    )


def _sizes(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[int, int]:
    rows = connection.execute(
        "select count(*) filter (where not is_control), count(*) filter (where is_control)"
        " from ops.campaign_members where campaign = ?",
        [name],
    ).fetchall()
    return rows[0]


def _too_few(treated: int, control: int) -> str:
    if not treated + control:
        return "No customer is meant by these filters: nothing was drawn."
    return (
        f"Of {treated + control:,} customers, {control:,} would be in the control and {treated:,}"
        f" not: each has to be at least {_FEWEST}. Ask for more customers, or another --control."
    )


def _remember_campaign(
    connection: duckdb.DuckDBPyConnection, plan: CampaignPlan, filters: Filters, salt: str
) -> None:
    as_of, model_version = connection.execute(_AS_OF).fetchall()[0]
    connection.execute(
        "insert into ops.campaigns by name select ? as campaign, ? as salt,"
        " ?::decimal(5, 4) as control_share, ? as starts_on, ? as day_count, ? as request,"
        " ? as model_version, ? as drawn_as_of, ? as drawn_at",
        [
            plan.name, salt, str((plan.control or 0) / WHOLE), plan.starts_on or as_of,
            plan.day_count or USUAL_DAYS, request_of(plan, filters), model_version, as_of,
            datetime.now(UTC).replace(tzinfo=None),
        ],
    )  # fmt: skip
