"""What a segment is worth next month."""

from __future__ import annotations

from tests.every_number.check import Claim
from tests.every_number.claims.model import SETTING

_SECTION = "What a segment is worth next month"

_THEN = """from outcomes
where snapshot_date = (select max(snapshot_date) from outcomes)
    and $row in (segment_name, 'Average')"""
_THEY_BOUGHT = "count(*), count(*) filter (has_bought)"
_VALUE = """from marts.segment_value
where snapshot_date = (select max(snapshot_date) from marts.segment_value) and scheme = 'segment'
    and group_id = (select segment_id::text from current where segment_name = {name})"""
LATEST = "where snapshot_date = (select max(snapshot_date) from outcomes)"

VALUE_CLAIMS = (
    Claim(
        _SECTION,
        r"as they were on (?P<snapshot_date>\S+),.*watched\. {n} customers had",
        "select count(*), count(*) from outcomes where snapshot_date = $snapshot_date::date",
        told=True,
    ),
    Claim(
        _SECTION,
        "“(?P<name>.+)” bought {n} times as often next month as the average: {n} of them against"
        " {n}",
        f"""select
            avg(has_bought::int) filter (segment_name = $name) / avg(has_bought::int),
            avg(has_bought::int) filter (segment_name = $name), avg(has_bought::int)
        from outcomes {LATEST}""",
        told=True,
    ),
    Claim(
        _SECTION,
        "“(?P<name>.+)” bought {n} times as often: {n} of them",
        f"""select
            avg(has_bought::int) filter (segment_name = $name) / avg(has_bought::int),
            avg(has_bought::int) filter (segment_name = $name)
        from outcomes {LATEST}""",
        told=True,
    ),
    Claim(
        _SECTION,
        "the {n} days that followed",
        f"select ({SETTING.format(name='outcome_days')})::int",
    ),
    Claim(
        _SECTION,
        "“(?P<name>.+)” is worth {n} times the average, {n} against {n}",
        f"""select
            avg(next_revenue) filter (segment_name = $name) / avg(next_revenue),
            avg(next_revenue) filter (segment_name = $name), avg(next_revenue)
        from outcomes {LATEST}""",
        told=True,
    ),
    Claim(
        _SECTION,
        "^{n}$",
        f"select count(*), count(*) {_THEN}",
        column="Customers then",
        heading="^$",
        told=True,
    ),
    Claim(
        _SECTION,
        "^{n}$",
        f"select avg(has_bought::int), {_THEY_BOUGHT} {_THEN}",
        column="Bought next month",
        told=True,
    ),
    Claim(
        _SECTION,
        "^(?:{n} to {n}|{n})$",
        f"""select wilson(avg(has_bought::int), count(*), -1),
            wilson(avg(has_bought::int), count(*), 1), null, {_THEY_BOUGHT} {_THEN}""",
        column="95% interval(?: of the share)?",
    ),
    Claim(
        _SECTION,
        "^{n}$",
        f"""select avg(has_bought::int) / (select avg(has_bought::int) from outcomes {LATEST}),
            {_THEY_BOUGHT} {_THEN}""",
        column="Times the average",
        told=True,
    ),
    Claim(
        _SECTION,
        "^{n}$",
        f"select avg(next_revenue), {_THEY_BOUGHT} {_THEN}",
        column="Revenue per customer",
        told=True,
    ),
    Claim(
        _SECTION,
        "^(?:{n} to {n}|{n})$",
        "select nullif(mean_revenue_lower, mean_revenue_upper), mean_revenue_upper, null,"
        f" buyer_count, user_count {_VALUE.format(name='$row')}",
        column="95% interval (?:#2|of the mean)",
    ),
    Claim(
        _SECTION,
        "^{n}$",
        f"""select avg(next_revenue) / (select avg(next_revenue) from outcomes {LATEST}),
            {_THEY_BOUGHT} {_THEN}""",
        column="Times the average #2",
        told=True,
    ),
    Claim(
        _SECTION,
        "^{n}$",
        f"select avg(has_returned::int), count(*), count(*) filter (has_returned) {_THEN}",
        column="Came back",
        told=True,
    ),
    Claim(
        _SECTION,
        r"the average {n}\. .*%\)",
        f"select avg(has_bought::int) from outcomes {LATEST}",
        told=True,
    ),
    Claim(
        _SECTION,
        r"the average {n}\. .*\d\)?\.$(?<!%\)\.)",
        f"select avg(next_revenue) from outcomes {LATEST}",
        told=True,
    ),
    Claim(
        _SECTION,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?<=%) \({n} to {n}\)",
        f"""select avg(has_bought::int), wilson(avg(has_bought::int), count(*), -1),
            wilson(avg(has_bought::int), count(*), 1)
        from outcomes {LATEST} and segment_name = $name""",
    ),
    Claim(
        _SECTION,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?<!%) \({n} to {n}\)",
        "select mean_revenue, mean_revenue_lower, mean_revenue_upper"
        f" {_VALUE.format(name='$name')}",
    ),
    Claim(
        _SECTION,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?=[;.]|$)",
        f"select mean_revenue {_VALUE.format(name='$name')}",
    ),
    Claim(
        _SECTION,
        r"^{n}(?: \({n}\))?$",
        """select
            case when $row = 'Average' then avg(has_bought::int) else
                avg(has_bought::int) / (
                    select avg(has_bought::int) from outcomes where snapshot_date = $column::date
                )
            end,
            avg(has_bought::int), count(*), count(*) filter (has_bought)
        from outcomes where snapshot_date = $column::date and $row in (segment_name, 'Average')""",
        column=r"\d{4}-\d\d-\d\d",
        heading="The same after every month",
        told=True,
    ),
    Claim(
        _SECTION,
        r"On (?P<snapshot_date>\S+), knowing .* explains {n} of .* explain {n}, their 125"
        r" cells {n}",
        """select max(variance_share) filter (scheme = 'segment'),
            max(variance_share) filter (scheme = 'rfm_group'),
            max(variance_share) filter (scheme = 'rfm_cell')
        from marts.value_shares where snapshot_date = $snapshot_date::date""",
    ),
    Claim(
        _SECTION,
        r"features of the segments \({n}\) and nothing else predicts {n}",
        """select (select len(any_value(feature_names)) from current), variance_share
        from marts.value_shares where scheme = 'boosting'
            and snapshot_date = (select max(snapshot_date) from marts.value_shares)""",
    ),
    Claim(
        _SECTION,
        "^{n}$",
        "select count(*), count(*) from outcomes where snapshot_date = $row::date",
        column="Customers then",
        heading="explain",
        told=True,
    ),
    *(
        Claim(
            _SECTION,
            r"^{n}(?: \({n}\))?$",
            f"""select variance_share, held_out_share from marts.value_shares
            where snapshot_date = $row::date and scheme = '{scheme}'""",
            column=column,
            heading="explain",
        )
        for scheme, column in (
            ("segment", "These segments"),
            ("rfm_group", "11 RFM groups"),
            ("rfm_cell", "125 RFM cells"),
            ("boosting", "Gradient boosting"),
        )
    ),
)
