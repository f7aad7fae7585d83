"""A small warehouse whose every figure can be worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from tests.pipeline.reporting.segment_report.relations import (
    CURRENT_MODEL,
    write_redundancy,
    write_texts,
)

# Ids that would stand out in any text.
FIRST_USER_ID = 541_312_000


@dataclass(frozen=True)
class Group:
    """Users who are all alike; `revenue` is that of each buyer, of whom the first `buyers` are."""

    size: int
    segment: int | None
    reason: str | None
    events: int
    buyers: int
    orders: int
    revenue: int
    recency: int


# 200 users, 120 of them with a segment. Revenue: 20 x 500 + 40 x 50 + 20 x 10 = 12,200.
USUAL = {
    "lookers": Group(60, 0, None, 20, 0, 0, 0, 30),
    "spenders": Group(20, 1, None, 100, 20, 5, 500, 2),
    "buyers": Group(40, 2, None, 40, 40, 1, 50, 10),
    "passers": Group(70, None, "too_few_events", 2, 20, 1, 10, 40),
    "robots": Group(10, None, "automatic_traffic", 1000, 0, 0, 0, 1),
}

TEXTS = {
    0: (
        "Window shoppers",
        "Curieux",
        "0 % have bought.",
        "0 % ont acheté.",
        "Inspire.",
        "Inspirer.",
    ),
    1: ("Big <spenders>", "Gros | paniers", "All bought.", "Tous ont acheté.", "Keep.", "Garder."),
    2: ("First-timers", "Débutants", "One order.", "Une commande.", "Greet.", "Accueillir."),
}

EVALUATION = {
    2: {"inertia": 400.0, "silhouette": 0.52, "knee_distance": 0.0, "smallest_share": 0.4},
    3: {"inertia": 120.0, "silhouette": 0.61, "knee_distance": 0.3, "smallest_share": 0.1667},
    4: {"inertia": 96.0, "silhouette": 0.44, "knee_distance": 0.1, "smallest_share": 0.025},
    5: {"inertia": 90.0, "silhouette": 0.4, "knee_distance": 0.0, "smallest_share": 0.1},
}

MODEL_FEATURES = ("activity", "log_order_count", "log_recency_days")
FEATURES = ("revenue", "order_count", "event_count", "recency_days", "removal_rate")

_SCHEMA = """
create schema core;
create schema marts;
create table groups (
    name text, size integer, segment integer, reason text, events integer, buyers integer,
    orders integer, revenue integer, recency integer
);
"""

# As `segment_totals.sql` has it.
TOTALS = """
create or replace view marts.segment_totals as
select
    segment_id, unsegmented_reason, count(*) as user_count,
    count(*) filter (where order_count > 0) as buyer_count,
    count(*) filter (where order_count > 1) as repeater_count,
    count(*) filter (where cart_count > 0) as carter_count,
    count(*) filter (where confidence < 0.1) as between_count,
    0.1::double as between_confidence,
    sum(order_count)::bigint as order_count, sum(revenue)::decimal(38, 2) as revenue
from marts.user_segments join marts.user_features using (user_id)
group by segment_id, unsegmented_reason;
"""

_USERS = f"""
create table marts.user_features as
select
    {FIRST_USER_ID} + row_number() over (order by name, place) as user_id,
    events::bigint as event_count,
    if(place < buyers, orders, 0)::bigint as order_count,
    if(place < buyers, revenue, 0)::decimal(18, 2) as revenue,
    recency::bigint as recency_days,
    0::bigint as cart_count,
    0.0::double as removal_rate,
    coalesce(reason = 'automatic_traffic', false) as is_automatic,
    timestamp '2019-10-01 08:00:00' as first_event_at,
    (date '2019-12-01' - recency)::timestamp + interval 8 hour as last_event_at,
    segment, reason, place
from groups, range(size) as places (place);

create table marts.user_segments as
select
    user_id, segment::integer as segment_id, 'name'::text as segment_name,
    reason as unsegmented_reason, if(segment is null, null, 0.5) as distance,
    case when segment is null then null when place < 12 and segment = 0 then 0.05 else 0.6 end
        as confidence,
    1 as model_version
from marts.user_features;

create view marts.segment_inputs as
select
    user_id, event_count / 100.0 + (user_id % 7) / 50.0 as activity,
    ln(1 + order_count) as log_order_count, ln(1 + recency_days) as log_recency_days,
    segment is not null as is_eligible, is_automatic
from marts.user_features;

create table core.events as
select
    user_id, if(number < order_count, 'purchase', 'view') as event_type,
    if(number < order_count, revenue / order_count, 7)::decimal(12, 2) as price
from marts.user_features, range(event_count) as events (number);

create table core.sessions as
select user_id, last_event_at::date as visit_date, revenue from marts.user_features;

create table core.loaded_files as
with kept as (
    select
        count(*) as kept_count,
        (select sum(revenue) from marts.user_features)::decimal(18, 2) as kept_revenue
    from core.events
)
select
    'b.csv' as source_file, 1000 as size_bytes, kept_count - 5000 + 60 as line_count,
    kept_count - 5000 as kept_count, 40 as duplicate_count, 20 as rejected_count,
    0 as unreadable_category_count,
    kept_revenue + 190 as read_revenue, kept_revenue, 40::decimal(18, 2) as duplicate_revenue,
    150::decimal(18, 2) as refused_revenue, map {{'price_not_positive': 20}} as rejected_by_reason,
    map {{'price_not_positive': 150::decimal(18, 2)}} as refused_revenue_by_reason,
    timestamp '2019-10-01 08:00:00' as first_event_at,
    timestamp '2019-10-31 23:00:00' as last_event_at
from kept
union all
select
    'a|<b>.csv', 500, 5060, 5000, 50, 10, 3, 0, 0, 0, 0, map {{'wrong_column_count': 10}},
    map {{'wrong_column_count': null}},
    timestamp '2019-11-01 00:00:00', timestamp '2019-11-30 08:00:00';

create view core.event_types as
select
    event_type, count(*) as event_count,
    coalesce(sum(price) filter (where event_type = 'purchase'), 0)::decimal(18, 2) as revenue
from core.events group by event_type;

create view core.days as
select
    coalesce(days.visit_date, visits.visit_date) as visit_date,
    coalesce(revenue, 0)::decimal(18, 2) as revenue,
    coalesce(days.visit_date = date '2019-10-08', false) as is_gap
from (select date '2019-10-05' + day::integer as visit_date from range(10) as days (day)) as days
full join (
    select visit_date, sum(revenue) as revenue from core.sessions group by visit_date
) as visits on days.visit_date = visits.visit_date;

create table core.store_totals as select date '2019-12-01' as as_of;
"""


_PROFILES = """
create table marts.segment_profiles as
select
    segment::integer as segment_id, 2 as model_version, count(*) as user_count,
    count(*) / sum(count(*)) over ()::double as user_share,
    sum(revenue)::decimal(18, 2) as revenue,
    sum(revenue)::double / sum(sum(revenue)) over () as revenue_share,
    sum(order_count)::bigint as order_count,
    count(*) filter (where order_count > 0) / count(*)::double as buyer_rate
from marts.user_features
where segment is not null
group by segment
"""


def _feature_profiles() -> str:
    """Write out the formulas of the contract for the few features of this store."""
    who = {
        name: "filter (order_count > 0)" if name in ("revenue", "order_count") else ""
        for name in FEATURES
    } | {"removal_rate": "filter (cart_count > 0)"}
    of_features = " union all ".join(
        f"""
        select
            segment::integer as segment_id, '{name}' as feature_name,
            (median({name}) {who[name]})::double as median_value, any_value(everyone) as everyone,
            any_value(spread) as spread
        from marts.user_features, (
            select
                (median({name}) {who[name]})::double as everyone,
                (quantile_cont({name}, 0.9) {who[name]}
                - quantile_cont({name}, 0.1) {who[name]})::double as spread
            from marts.user_features where segment is not null
        )
        where segment is not null group by segment
        """
        for name in FEATURES
    )
    return f"""
    create table marts.segment_feature_profiles as
    select
        segment_id, feature_name, median_value, everyone as everyone_median,
        case when median_value is not null
            then coalesce((median_value - everyone) / nullif(spread, 0), 0)
        end as deviation
    from ({of_features})
    """


def _texts() -> Iterator[dict[str, Any]]:
    """Return what is said of the segments, and the same of an earlier model."""
    names = ("segment_name", "naming_rule", "recommended_action")
    for version in (1, 2):
        for segment, texts in TEXTS.items():
            said = {
                language: dict(zip(names, texts[at::2], strict=True))
                for at, language in enumerate(("en", "fr"))
            }
            yield {"model_version": version, "segment_id": segment, **said}


def build(path: Path, groups: dict[str, Group], *, components: int = 2) -> Path:
    """Write a warehouse with these groups of users and one model of three features."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(_SCHEMA)
        for name, group in groups.items():
            values = [name, *vars(group).values()]
            connection.execute("insert into groups values (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        connection.execute(_USERS)
        connection.execute(TOTALS)
        connection.execute(_PROFILES)
        connection.execute(_feature_profiles())
        _write_model(connection, components)
        write_redundancy(connection, *MODEL_FEATURES)
        write_texts(connection, *_texts())
        connection.execute("drop table groups")
    return path


def _write_model(connection: duckdb.DuckDBPyConnection, components: int) -> None:
    """Two versions: an earlier one, which must not be read, and the current one."""
    settings = json.dumps({"explained_variance": 0.9, "min_events": 10, "silhouette_rows": 100})
    eligible = connection.execute(
        "select count(*) from marts.user_features where segment is not null"
    ).fetchall()[0][0]
    connection.execute(
        "create table marts.segment_model as select version as model_version, segment_id,"
        " ['activity', 'log_order_count', 'log_recency_days'] as feature_names,"
        " [0.0::double, 0, 0] as lower_bounds, [0.5::double, 10, 10] as upper_bounds,"
        " [0.25::double, 0, 1] as means, [0.5::double, 1, 2] as scales,"
        " ?::double[][] as components,"
        " [0.7::double, 0.25, 0.05] as explained_variance_ratios, 3 as segment_count,"
        " 'rule' as chosen_by, ?::bigint as eligible_user_count, ?::bigint as training_user_count,"
        " date '2019-12-01' as as_of, ? as settings"
        " from range(1, 3) as versions (version), range(3) as segments (segment_id)",
        [[[0.6, 0.8, 0.0], [0.0, 0.0, -1.0]][:components], eligible, eligible, settings],
    )
    connection.execute(CURRENT_MODEL)
    connection.execute(
        "create table marts.model_evaluation"
        " (model_version int, k int, criterion text, value double, verdict text, threshold double)"
    )
    for k, values in EVALUATION.items():
        for criterion, value in values.items():
            connection.execute(
                "insert into marts.model_evaluation (model_version, k, criterion, value)"
                " values (2, ?, ?, ?), (1, ?, ?, -1)",
                [k, criterion, value, k, criterion],
            )


def resized(**sizes: int) -> dict[str, Group]:
    """Return the usual groups, some of them with another number of users."""
    return {name: replace(group, size=sizes.get(name, group.size)) for name, group in USUAL.items()}
