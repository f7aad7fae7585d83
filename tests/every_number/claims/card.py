"""The model card."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote

_CRITERIA = {
    "smallest_jaccard": "Smallest Jaccard index",
    "prediction_strength": "Prediction strength",
    "adjusted_rand": "Adjusted Rand index",
    "silhouette": "Silhouette",
    "silhouette_gain": "Gain of silhouette",
    "inertia_gain": "Gain of inertia",
    "smallest_share": "Smallest segment",
}
_SCHEMES = {
    "segment": "These segments",
    "rfm_group": "11 RFM groups",
    "rfm_cell": "125 RFM cells",
    "boosting": "Gradient boosting",
}


def _named(column: str, names: dict[str, str]) -> str:
    whens = " ".join(f"when '{code}' then '{name}'" for code, name in names.items())
    return f"case {column} {whens} end"


_THRESHOLD = "(select (any_value(settings)->>'min_events')::int from current)"
_METRICS = f"""
with metrics as (
    select {_named("criterion", _CRITERIA)} as name, value, threshold as needed
    from marts.model_evaluation
    where model_version = (select max(model_version) from current)
        and k = (select count(*) from current)
    union all
    select
        'Next month’s revenue explained from ' || strftime(snapshot_date, '%Y-%m-%d') || ': '
        || {_named("scheme", _SCHEMES)},
        variance_share, null
    from marts.value_shares
    where snapshot_date = (select max(snapshot_date) from marts.value_shares)
    union all
    select
        'Customers with their final label after ' || early.seen_event_count || ' events',
        avg((early.segment_id is not distinct from final.segment_id)::int), null
    from marts.int_early_segments as early
    join marts.int_long_histories as histories using (user_id)
    join marts.int_early_segments as final
        on final.user_id = early.user_id and final.seen_event_count = histories.event_count
    where final.segment_id is not null and early.seen_event_count < histories.event_count
        and early.seen_event_count <= {_THRESHOLD}
    group by early.seen_event_count
    union all
    select
        'Largest drift since training (population stability index): ' || labels.label, psi, null
    from marts.feature_drift
    join labels on labels.kind = 'input' and labels.code = feature_name
    where psi = (select max(psi) from marts.feature_drift)
)
select {{measure}} from metrics where name = $row
"""  # noqa: RUF001

CARD_CLAIMS = (
    Claim("", "version {n}$", "select max(model_version) from current"),
    Claim("Model", "with {n} segments", "select count(*) from current"),
    Claim(
        "Model",
        "Trained on {n} of {n} customers",
        """select any_value(training_user_count), (
            select count(*) from marts.segment_inputs where is_eligible
        ) from current""",
        told=True,
    ),
    Quote("Model", "select strftime(any_value(as_of), '%Y-%m-%d') from current"),
    Claim(
        "Data",
        "^{n} files? with {n} lines: {n} kept, {n} repeated, {n} refused",
        """select count(distinct source_file), count(*), count(*) filter (fate = 'kept'),
            count(*) filter (fate = 'duplicate'), count(*) filter (fate = 'rejected')
        from lines""",
    ),
    *(
        Quote("Data", f"select strftime({which}(occurred_at), '%Y-%m-%d') from core.events")
        for which in ("min", "max")
    ),
    Claim(
        "Data",
        "^{n} customers, {n} of them",
        "select count(*), count(segment_id) from people",
        told=True,
    ),
    Claim(
        "Data",
        "Without a segment, fewer than {n} events:",
        f"select {_THRESHOLD}",
    ),
    Claim(
        "Data",
        r"Without a segment, (?P<reason>fewer|automatic) [^:]+: {n}\.",
        """select count(*), count(*) from people
        where unsegmented_reason
            = case $reason when 'fewer' then 'too_few_events' else 'automatic_traffic' end""",
        told=True,
    ),
    Quote("Features|Metrics", "select label from labels where kind = 'input'"),
    Claim(
        "Method",
        "^{n}$",
        "select (any_value(settings)->>$row)::double from current",
        column="Value",
    ),
    Claim("Metrics", "^{n}$", _METRICS.format(measure="value"), column="Value"),
    Claim("Metrics", "^{n}$", _METRICS.format(measure="needed"), column="Has to reach"),
    # The name of a row is looked up with what stands beside it.
    Quote(
        "Metrics",
        "select strftime(max(snapshot_date), '%Y-%m-%d') from marts.value_shares",
        column="Metric",
    ),
    Quote(
        "Metrics",
        f"""select 'Customers with their final label after ' || event_count || ' events'
        from marts.label_agreement where event_count <= {_THRESHOLD}""",
        column="Metric",
    ),
    Claim("Privacy", "fewer than {n} people", "select $minimum::int"),
)
CARD_WORDS = ("11 RFM groups", "125 RFM cells")
