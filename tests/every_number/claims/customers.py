"""The segments, where customers stand, and who moved."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote

_STORE = "The segments|Where the money is"
_STATES = "Where every customer stands"
_MIGRATIONS = "Who moved"

_ALL = "All with a segment"

_WHO = f"from labelled where $row in (segment_name, '{_ALL}')"
_SPENT = "count(*), count(*) filter (order_count > 0)"
_EVERYONE_SPENT = "(select avg(revenue) from labelled)"

SEGMENT_CLAIMS = (
    Claim("", "^{n} customers$", "select count(*), count(*) from people", told=True),
    Claim("", "^{n} with a segment$", "select count(*), count(*) from labelled", told=True),
    Claim("", "^{n} segments$", "select count(*) from current"),
    Claim(
        "",
        "^{n} customers who bought$",
        "select count(*), count(*) from people where order_count > 0",
        told=True,
    ),
    Claim("", "^{n} orders$", "select sum(order_count) from people"),
    Claim("", "^{n} revenue$", "select sum(revenue) from people"),
    Claim(
        "",
        "{n} lines from (?:{n} files|one file)",
        "select count(*), count(distinct source_file) from core.event_lines",
    ),
    Claim(
        "Where the money is",
        "^{n} of the {n} segments brings? in {n} of the revenue with {n} of the customers:"
        r" (?P<names>.+)\.$",
        """with named as (select string_split($names, '; ') as names)
        select len(any_value(names)), (select count(*) from current),
            sum(revenue) filter (list_contains(names, segment_name)) / sum(revenue)::double,
            count(*) filter (list_contains(names, segment_name)) / count(*)
        from labelled, named""",
        told=True,
    ),
    Claim(
        _STORE,
        "^{n}$",
        f"select count(*), count(*) {_WHO}",
        column="Customers",
        told=True,
    ),
    Claim(
        _STORE,
        "^{n}$",
        f"select count(*) / (select count(*) from labelled), count(*) {_WHO}",
        column="Share",
        told=True,
    ),
    Claim(_STORE, "^{n}$", f"select sum(revenue), {_SPENT} {_WHO}", column="Revenue", told=True),
    Claim(
        _STORE,
        "^{n}$",
        f"select sum(revenue) / (select sum(revenue) from labelled)::double, {_SPENT} {_WHO}",
        column="Revenue share",
        told=True,
    ),
    Claim(
        _STORE,
        "^{n}$",
        f"select avg(revenue) / {_EVERYONE_SPENT}, {_SPENT} {_WHO}",
        column="Lift",
        told=True,
    ),
    Claim(
        _STORE,
        "^{n}$",
        f"select count(*) filter (order_count > 0) / count(*), {_SPENT} {_WHO}",
        column="Bought",
        told=True,
    ),
    Claim(
        _STORE, "^{n}$", f"select avg(revenue), {_SPENT} {_WHO}", column="Per customer", told=True
    ),
    Claim(
        _STORE,
        "Holds {n} of the customers with a segment",
        "select count(*) filter (segment_name = $heading) / count(*),"
        " count(*) filter (segment_name = $heading) from labelled",
        told=True,
    ),
    Claim(
        _STORE,
        "Holds {n} customers",
        "select count(*), count(*) from labelled where segment_name = $heading",
    ),
    Claim(
        _STORE,
        "and {n} of their revenue",
        "select sum(revenue) filter (segment_name = $heading) / sum(revenue)::double,"
        " count(*) filter (segment_name = $heading and order_count > 0) from labelled",
        told=True,
    ),
    Claim(
        _STORE,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n} and",
        """select count(*) filter (segment_name = $name) / count(*),
            count(*) filter (segment_name = $name) from labelled""",
        told=True,
    ),
    Claim(
        _STORE,
        r"(?:^|[.;] )(?P<name>[^;:.]+): [^ ]+ and {n}",
        """select sum(revenue) filter (segment_name = $name) / nullif(sum(revenue), 0)::double,
            count(*) filter (segment_name = $name and order_count > 0) from labelled""",
        told=True,
    ),
    Claim(
        _STORE,
        r"^(?P<label>[^:]+): {n}, (?:far |well )?(?:above|below) \({n} for ",
        """select
            median(value) filter (segment_name = $heading), median(value),
            count(*) filter (segment_name = $heading)
        from long
        where feature = (select code from labels where kind = 'feature' and label = $label)""",
    ),
    Claim(
        _STORE,
        "Size today: {n} customers",
        "select count(*), count(*) from labelled where segment_name = $heading",
    ),
    Claim(
        _STORE,
        r"segment on (?P<snapshot_date>\S+), {n} bought in the month that followed,"
        r" whatever the store did in it \({n} of all",
        """select
            avg(has_bought::int) filter (segment_name = $heading), avg(has_bought::int),
            count(*) filter (segment_name = $heading),
            count(*) filter (segment_name = $heading and has_bought)
        from outcomes where snapshot_date = $snapshot_date::date""",
        told=True,
    ),
    Quote(_STORE, "select naming_rule from current where segment_name = $heading"),
    Quote(_STORE, "select recommended_action from current where segment_name = $heading"),
)

_STATE = """from people where not is_automatic and lifecycle_state = (
    select code from labels where kind = 'state' and label = $row
)"""
_COUNTED = "from people where not is_automatic"
STATES_CLAIMS = (
    Claim(
        _STATES,
        "never with fewer than {n}",
        "select any_value(shortest_rhythm_days) from core.store_rhythm",
    ),
    Claim(
        _STATES,
        "store's rhythm of {n} days, the median of the customers who ordered on two days or more:"
        " {n}",
        f"""select median(mean_days_between_orders), count(*), count(*) {_COUNTED}
        and mean_days_between_orders > 0""",
    ),
    Claim(
        _STATES,
        "measured by {n} days, a setting",
        "select any_value(rhythm_days) from core.store_rhythm",
    ),
    *(
        Claim(_STATES, pattern, f"select {values} from core.store_rhythm", column="Last order")
        for pattern, values in (
            ("at most {n} rhythms ago", "at_risk_after"),
            (
                "{n} to {n} rhythms ago",
                "if($row = 'At risk', at_risk_after, lapsed_after),"
                " if($row = 'At risk', lapsed_after, lost_after)",
            ),
            ("more than {n} rhythms ago", "lost_after"),
        )
    ),
    Claim(_STATES, "^{n}$", f"select count(*), count(*) {_STATE}", column="Customers"),
    Claim(
        _STATES,
        "^{n}$",
        f"select count(*) / (select count(*) {_COUNTED}), count(*) {_STATE}",
        column="Share",
    ),
    Claim(
        _STATES,
        "^{n}$",
        f"""select coalesce(sum(revenue), 0) / (select sum(revenue) {_COUNTED})::double, count(*)
        {_STATE}""",
        column="Share of revenue",
    ),
    Claim(
        _STATES,
        "^{n}$",
        """with states as (
            select case
                when purchase_recency_days is null then 'prospect'
                when purchase_recency_days > lost_after * rhythm then 'lost'
                when purchase_recency_days > lapsed_after * rhythm then 'lapsed'
                when purchase_recency_days > at_risk_after * rhythm then 'at_risk'
                when coalesce(mean_days_between_orders, 0) = 0 then 'new'
                else 'active'
            end as state
            from (
                select features.*, rules.*, greatest(shortest_rhythm_days,
                    coalesce(nullif(mean_days_between_orders, 0), rhythm_days)) as rhythm
                from marts.int_history_features as features, core.store_rhythm as rules
                where snapshot_date = $row::date and not is_automatic
            )
        )
        select count(*), count(*) from states where state = (
            select code from labels where kind = 'state' and label = $column
        )""",
        column="Prospect|New|Active|At risk|Lapsed|Lost",
    ),
    Claim(
        _STATES,
        "neither people nor revenue: {n} users",
        "select count(*), count(*) from people where is_automatic",
    ),
)

_BETWEEN_SNAPSHOTS = """from ways where
    former_date = regexp_extract($heading, 'From (\\S+)', 1)::date
    and later_date = regexp_extract($heading, 'to (\\S+)', 1)::date"""
_MODELS = """from marts.segment_migrations where kind = 'model'
    and to_version = (select max(model_version) from current)"""
MIGRATIONS_CLAIMS = (
    Claim(
        _MIGRATIONS,
        "They are a sample, {n} of all",
        "select (select count(*) from marts.int_sampled_users) / count(*) from people",
    ),
    Claim(
        _MIGRATIONS,
        "^{n}$",
        f"""select count(*) filter (came_from = $row and went_to = $column),
            count(*) filter (came_from = $row and went_to = $column)
        {_BETWEEN_SNAPSHOTS}""",
        column=".+",
        heading=r"^From \d{4}-",
    ),
    Claim(
        _MIGRATIONS,
        "Of those who had a segment before, {n} are still in it",
        f"""select count(*) filter (came_from = went_to) / count(*),
            count(*) filter (came_from = went_to)
        {_BETWEEN_SNAPSHOTS} and came_from not in ('no segment', 'not seen yet')""",
        heading=r"^From \d{4}-",
        told=True,
    ),
    Claim(
        _MIGRATIONS,
        "^{n}$",
        f"""select coalesce(sum(user_count), 0), coalesce(sum(user_count), 0) {_MODELS}
            and coalesce(from_segment_name, 'no segment') = $row
            and coalesce(to_segment_name, 'no segment') = $column""",
        column=".+",
        heading="^From model",
    ),
    Claim(
        _MIGRATIONS,
        "Of those who had a segment before, {n} are still in it",
        f"""select sum(user_count) filter (from_segment_id = to_segment_id) / sum(user_count),
            sum(user_count) filter (from_segment_id = to_segment_id)
        {_MODELS} and from_segment_id is not null""",
        heading="^From model",
        told=True,
    ),
)
