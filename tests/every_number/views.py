"""The warehouse as the claims ask it.

The views stand on users, events and labels, not on what the report reads, wherever what it shows
can be counted again; what a model estimated is read from where the estimate is kept.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.segment_report.features import FEATURES
from tests.catalogues import texts
from tests.every_number.check import Answers

_ENGLISH = texts("en", "report")
_FEATURES = {
    key.removesuffix(".label"): text
    for key, text in texts("en", "feature").items()
    if key.endswith(".label")
}

VIEWS = f"""
create temp table people as
select users.*, labels.segment_id, labels.segment_name, labels.unsegmented_reason,
    labels.confidence, labels.lifecycle_state
from marts.user_features as users join marts.user_segments as labels using (user_id);

create temp view labelled as select * from people where segment_id is not null;

create temp table long as
with wide as (
    select user_id, segment_name, order_count > 0 as has_bought, cart_count > 0 as has_cart,
        columns(lambda c: c in ({", ".join(f"'{name}'" for name in FEATURES)}))::double
    from labelled
)
select * from (unpivot wide on columns(* exclude (user_id, segment_name, has_bought, has_cart)) into
    name feature value value)
where case
    when feature in ('cart_to_purchase_rate', 'removal_rate') then has_cart
    when feature like '%order%' or feature like '%revenue%' or feature = 'purchase_count'
        then has_bought
    else true
end;

create temp view current as
select * from marts.segment_model
where model_version = (select max(model_version) from marts.segment_model);

create temp view evaluation as
select k, criterion, value from marts.model_evaluation
where model_version = (select max(model_version) from current) and isfinite(value);

create temp table outcomes as
select outcomes.*, current.segment_name
from marts.int_outcomes as outcomes join current using (segment_id);

create temp table waits as
with snapshots as (select distinct snapshot_date from outcomes),
windows as (
    select month_count, max(snapshot_date) as snapshot_date
    from snapshots, range(2, 13) as lengths (month_count)
    where snapshot_date + month_count * interval 1 month
        <= (select max(last_event_at::date + recency_days::int) from people)
    group by month_count
)
select
    current.segment_name, month_count, snapshot_date, count(*) as user_count,
    count(*) filter (exists (
        from core.sessions as visits
        where visits.user_id = members.user_id and visits.purchase_count > 0
            and visits.visit_date >= windows.snapshot_date
            and visits.visit_date < windows.snapshot_date + month_count * interval 1 month
    )) as buyer_count
from windows
join marts.int_history_segments as members using (snapshot_date)
join current using (segment_id)
group by all;

create temp view monthly as
with months as (
    select visit_month, count(distinct user_id) as users,
        count(distinct user_id) filter (purchase_count > 0) as buyers,
        count(*) filter (purchase_count > 0) as orders, sum(revenue) as revenue
    from core.sessions group by visit_month
),
measures as (
    select *, unnest([
        {{'label': 'Customers who came', 'value': users::double, 'people': users, 'others': 0}},
        {{'label': 'Customers who bought', 'value': buyers, 'people': buyers,
            'others': users - buyers}},
        {{'label': 'Orders', 'value': orders, 'people': 0, 'others': 0}},
        {{'label': 'Revenue', 'value': revenue, 'people': buyers, 'others': 0}}
    ], recursive := true) from months
)
select *, strftime(visit_month, '%B %Y') as name,
    visit_month + interval 1 month
        <= (select max(visit_date) + 1 from core.sessions) as is_whole
from measures;

create temp table cohort_visits as
with cohorts as (
    select user_id, min(visit_month) as first_month from core.sessions
    where purchase_count > 0 group by user_id
)
select strftime(first_month, '%B %Y') as cohort, user_id,
    datediff('month', first_month, visit_month) as place,
    sum(purchase_count) > 0 as has_bought, sum(revenue) as revenue
from core.sessions join cohorts using (user_id)
where visit_month >= first_month
group by all;

create temp table looked_at as
with names as (
    select category_id, arg_max(category_code, month) as name from (
        select category_id, date_trunc('month', occurred_at) as month,
            max(category_code) as category_code
        from core.events group by all
    ) group by all
),
seen as (
    select user_id, segment_name, brand,
        coalesce(name, 'without a name (id ' || category_id || ')') as category
    from core.events left join names using (category_id) join labelled using (user_id)
),
shelves as (
    select segment_name, 'brand' as kind, brand as shelf, user_id from seen
    union all
    select segment_name, 'category', category, user_id from seen
)
select segment_name, kind, shelf, count(*) as events, count(distinct user_id) as people
from shelves where shelf is not null
group by all;

create temp table visits_by_hour as
select segment_name, dayname(started_at) as day, hour(started_at) as hour, count(*) as visits,
    count(distinct user_id) as people
from core.sessions join labelled using (user_id)
group by all;

create temp view lines as
select *, case
    when is_duplicate then 'duplicate' when rejection_reason is null then 'kept' else 'rejected'
end as fate from core.event_lines;

create temp view ways as
select
    later.user_id, former_dates.snapshot_date as former_date, later.snapshot_date as later_date,
    case
        when former.user_id is null then 'not seen yet'
        else coalesce(former.segment_name, 'no segment')
    end as came_from,
    coalesce(later.segment_name, 'no segment') as went_to
from marts.int_history_segments as later
join (select distinct snapshot_date from marts.int_history_segments) as former_dates
    on former_dates.snapshot_date < later.snapshot_date
left join marts.int_history_segments as former
    on former.user_id = later.user_id and former.snapshot_date = former_dates.snapshot_date;

create temp table ranks as
with wide as (
    select user_id, columns(lambda c: c not in ('user_id', 'is_eligible', 'is_automatic'))::double
    from marts.segment_inputs where is_eligible
)
select name, user_id, value,
    rank() over (partition by name order by value)
    + (count(*) over (partition by name, value) - 1) / 2 as place
from (unpivot wide on columns(* exclude user_id) into name name value value);

create temp macro wilson(rate, n, sign) as
    (rate + 3.8414588 / (2 * n)
        + sign * 1.95996398 * sqrt(rate * (1 - rate) / n + 3.8414588 / (4.0 * n * n)))
    / (1 + 3.8414588 / n);
"""


def open_for_claims(warehouse: Path) -> Answers:
    """Open a warehouse with the views that the claims stand on, and the words of the report."""
    connection = duckdb.connect()
    connection.execute(f"attach '{warehouse}' as store (read_only); use store")
    connection.execute(VIEWS)
    words = Catalogue("en", "report")
    labels = [
        *(("feature", label, name) for name, label in _FEATURES.items()),
        *(("input", words.input(name)[0], name) for name in _inputs(connection)),
        *(
            (prefix, text, key.removeprefix(f"{prefix}_"))
            for prefix in ("reason", "unsegmented", "number", "type", "step")
            for key, text in _ENGLISH.items()
            if key.startswith(f"{prefix}_")
        ),
        ("number", _ENGLISH["number_silhouette_name"], "silhouette"),
        *(
            ("state", text, key.removeprefix("lifecycle_"))
            for key, text in _ENGLISH.items()
            if key.startswith("lifecycle_")
        ),
    ]
    connection.execute("create temp table labels (kind text, label text, code text)")
    connection.executemany("insert into labels values (?, ?, ?)", labels)
    meanings = [(words.entry(name)[2],) for name in _FEATURES]
    inputs = texts("en", "input")
    questions = [(text,) for key, text in inputs.items() if key.endswith(".question")]
    connection.execute("create temp table meanings (text text)")
    connection.executemany("insert into meanings values (?)", meanings + questions)
    return Answers(connection)


def _inputs(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("describe marts.segment_inputs").fetchall()]
