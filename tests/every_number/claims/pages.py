"""The page of each segment."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote
from tests.every_number.claims.experiment import needed
from tests.every_number.claims.value import LATEST

_PAGE = "Segment \u201c.+\u201d"
_NAME = "regexp_extract($section, '\u201c(.+)\u201d', 1)"
_OWN = f"segment_name = {_NAME}"
_FEATURE = "feature = (select code from labels where kind = 'feature' and label = $label)"
_TRAIT = r"^(?P<label>[^:]+): {n}, (?:far |well )?(?:above|below) \({n} for "
_THEN = f"from outcomes {LATEST} and {_OWN}"
_BOUGHT = "count(*), count(*) filter (has_bought)"
_VALUE = f"""from marts.segment_value join current on group_id = segment_id::text
where snapshot_date = (select max(snapshot_date) from marts.segment_value)
    and scheme = 'segment' and {_OWN}"""
_MOVED = """from ways where
    former_date = regexp_extract($heading, 'From (\\S+)', 1)::date
    and later_date = regexp_extract($heading, 'to (\\S+)', 1)::date"""
_VISITS = f"from visits_by_hour where {_OWN}"

_TILES = (
    ("customers", "count(*), count(*)"),
    ("revenue", "sum(revenue), count(*) filter (order_count > 0)"),
    (
        "times the revenue per customer of all",
        "avg(revenue) / (select avg(revenue) from labelled), count(*) filter (order_count > 0)",
    ),
    (
        "bought",
        "count(*) filter (order_count > 0) / count(*), count(*) filter (order_count > 0)",
    ),
)
PAGE_CLAIMS = (
    *(
        Claim(_PAGE, f"^{{n}} {label}$", f"select {values} from labelled where {_OWN}", told=True)
        for label, values in _TILES
    ),
    Claim(
        _PAGE,
        "Holds {n} of the customers with a segment",
        f"select count(*) filter ({_OWN}) / count(*), count(*) filter ({_OWN}) from labelled",
        told=True,
    ),
    Claim(
        _PAGE,
        "and {n} of their revenue",
        f"""select sum(revenue) filter ({_OWN}) / sum(revenue)::double,
            count(*) filter ({_OWN} and order_count > 0) from labelled""",
        told=True,
    ),
    Claim(
        _PAGE,
        "(?:Holds|Size today:) {n} customers",
        f"select count(*), count(*) from labelled where {_OWN}",
    ),
    Claim(
        _PAGE,
        r"segment on (?P<snapshot_date>\S+), {n} bought in the month that followed,"
        r" whatever the store did in it \({n} of all",
        f"""select avg(has_bought::int) filter ({_OWN}), avg(has_bought::int),
            count(*) filter ({_OWN}), count(*) filter ({_OWN} and has_bought)
        from outcomes where snapshot_date = $snapshot_date::date""",
        told=True,
    ),
    Claim(
        _PAGE,
        "would take {n} customers|test takes {n} customers",
        f"select avg(has_bought::int), {_BOUGHT} {_THEN}",
        compute=lambda rate, *groups: (needed(rate), needed(rate), *groups),
    ),
    Claim(
        _PAGE,
        "an increase of {n} on the {n} who bought",
        f"select 0.1, avg(has_bought::int), {_BOUGHT} {_THEN}",
    ),
    Claim(
        _PAGE,
        _TRAIT,
        f"""select median(value) filter ({_OWN}), median(value), count(*) filter ({_OWN})
        from long where {_FEATURE}""",
        heading="apart from everyone",
    ),
    Claim(
        _PAGE,
        _TRAIT,
        f"""select median(value) filter ({_OWN}), median(value) filter (has_bought),
            count(*) filter ({_OWN})
        from long where {_FEATURE}""",
        heading="apart from the buyers",
    ),
    *(
        Claim(
            _PAGE,
            "^{n}$",
            f"""select median(value) filter ({who}), count(*) filter ({who}),
                count(*) filter ({_OWN})
            from long where {_FEATURE.replace("$label", "$row")}""",
            column=column,
        )
        for column, who in (("Of this segment", _OWN), ("Of all buyers", "has_bought"))
    ),
    *(
        Claim(
            _PAGE,
            "^{n}$",
            f"""select count(*) filter (lifecycle_state = state.code){divided},
                count(*) filter (lifecycle_state = state.code)
            from labelled, (from labels where kind = 'state' and label = $row) as state
            where {_OWN}""",
            column=column,
            heading="Where its customers stand",
        )
        for column, divided in (("Customers", ""), ("Share", " / count(*)"))
    ),
    Claim(
        _PAGE,
        "^(?P<day>\\w+) has most visits, {n} of them",
        f"select sum(visits) filter (day = $day) / sum(visits) {_VISITS}",
    ),
    Claim(
        _PAGE,
        "begins on (?P<day>\\w+) at {n}:00",
        f"""select hour {_VISITS} and day = $day
            and visits = (select max(visits) {_VISITS} and people >= $minimum)
        order by hour desc limit 1""",
    ),
    Claim(
        _PAGE,
        "^{n}$",
        f"""select coalesce(sum(visits) filter (
            day = $column and hour = regexp_extract($row, '^\\d+')::int
        ), 0) / sum(visits), coalesce(sum(people) filter (
            day = $column and hour = regexp_extract($row, '^\\d+')::int
        ), 0) {_VISITS}""",
        column=".+day",
    ),
    *(
        Claim(
            _PAGE,
            "^{n}$",
            f"""select sum(events) filter (shelf = $row and {whole}) / sum(events) filter ({whole}),
                sum(people) filter (shelf = $row and {_OWN})
            from looked_at where kind = '{kind}'""",
            column=column,
            heading="What they look at",
        )
        for kind in ("category", "brand")
        for column, whole in (
            (f"Of its events, by {kind}", _OWN),
            (f"Of everyone's, by {kind}", "true"),
        )
    ),
    *(
        Quote(
            _PAGE,
            f"select distinct shelf from looked_at where kind = '{kind}' and shelf = $row",
            column=kind.title(),
        )
        for kind in ("category", "brand")
    ),
    Claim(
        _PAGE,
        "^{n}$",
        f"""select count(*) filter (came_from = $row and went_to = {_NAME}),
            count(*) filter (came_from = $row and went_to = {_NAME}) {_MOVED}""",
        column="Customers from there",
    ),
    Claim(
        _PAGE,
        "^{n}$",
        f"""select count(*) filter (went_to = $row and came_from = {_NAME}),
            count(*) filter (went_to = $row and came_from = {_NAME}) {_MOVED}""",
        column="Customers there now",
    ),
    Claim(
        _PAGE,
        r"What the {n} customers that were in the segment on (?P<snapshot_date>\S+) did",
        "select count(*), count(*) from outcomes"
        f" where snapshot_date = $snapshot_date::date and {_OWN}",
    ),
    Claim(
        _PAGE,
        "^{n}$",
        f"""select case $row when 'Bought' then avg(has_bought::int)
                when 'Came back' then avg(has_returned::int) else avg(next_revenue) end,
            count(*),
            count(*) filter (if($row = 'Came back', has_returned, has_bought))
        {_THEN}""",
        column="This segment",
    ),
    Claim(
        _PAGE,
        "^{n}$",
        f"""select case $row when 'Bought' then avg(has_bought::int)
                when 'Came back' then avg(has_returned::int) else avg(next_revenue) end
        from outcomes {LATEST}""",
        column="All with a segment",
        told=True,
    ),
    Claim(
        _PAGE,
        "^(?:{n} to {n}|{n})$",
        f"""with own as (
            select case $row when 'Came back' then avg(has_returned::int)
                    else avg(has_bought::int) end as rate,
                count(*) as size,
                count(*) filter (if($row = 'Came back', has_returned, has_bought)) as did
            {_THEN}
        ), spent as (
            select nullif(mean_revenue_lower, mean_revenue_upper) as low,
                mean_revenue_upper as high {_VALUE}
        )
        select if($row = 'Revenue per customer', low, wilson(rate, size, -1)),
            if($row = 'Revenue per customer', high, wilson(rate, size, 1)),
            null, size, did
        from own, spent""",
        column="95% interval",
    ),
    Quote(_PAGE, f"select naming_rule from current where {_OWN}"),
    Quote(_PAGE, f"select recommended_action from current where {_OWN}"),
)
