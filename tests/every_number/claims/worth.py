"""What a segment is worth next month."""

from __future__ import annotations

from tests.every_number.check import Claim
from tests.every_number.claims.model import SETTING

_WORTH = "What a segment is worth next month"

_THEN = """from outcomes
where moment = (select max(moment) from outcomes) and $row in (segment_name, 'Average')"""
_THEY_BOUGHT = "count(*), count(*) filter (has_bought)"
_VALUE = """from marts.segment_value
where moment = (select max(moment) from marts.segment_value) and scheme = 'segment'
    and group_id = (select segment_id::text from current where segment_name = {name})"""
LATEST = "where moment = (select max(moment) from outcomes)"

WORTH_CLAIMS = (
    Claim(
        _WORTH,
        r"as they were on (?P<moment>\S+),.*watched\. {n} customers had",
        "select count(*), count(*) from outcomes where moment = $moment::date",
        told=True,
    ),
    Claim(
        _WORTH,
        "“(?P<name>.+)” bought {n} times as often next month as the average: {n} of them against"
        " {n}",
        f"""select
            avg(has_bought::int) filter (segment_name = $name) / avg(has_bought::int),
            avg(has_bought::int) filter (segment_name = $name), avg(has_bought::int)
        from outcomes {LATEST}""",
        told=True,
    ),
    Claim(
        _WORTH,
        "“(?P<name>.+)” bought {n} times as often: {n} of them",
        f"""select
            avg(has_bought::int) filter (segment_name = $name) / avg(has_bought::int),
            avg(has_bought::int) filter (segment_name = $name)
        from outcomes {LATEST}""",
        told=True,
    ),
    Claim(
        _WORTH,
        "the {n} days that followed",
        f"select ({SETTING.format(name='outcome_days')})::int",
    ),
    Claim(
        _WORTH,
        "“(?P<name>.+)” is worth {n} times the average, {n} against {n}",
        f"""select
            avg(next_revenue) filter (segment_name = $name) / avg(next_revenue),
            avg(next_revenue) filter (segment_name = $name), avg(next_revenue)
        from outcomes {LATEST}""",
        told=True,
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"select count(*), count(*) {_THEN}",
        column="Customers then",
        heading="^$",
        told=True,
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"select avg(has_bought::int), {_THEY_BOUGHT} {_THEN}",
        column="Bought next month",
        told=True,
    ),
    Claim(
        _WORTH,
        "^(?:{n} to {n}|{n})$",
        f"""select wilson(avg(has_bought::int), count(*), -1),
            wilson(avg(has_bought::int), count(*), 1), null, {_THEY_BOUGHT} {_THEN}""",
        column="95% interval(?: of the share)?",
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"""select avg(has_bought::int) / (select avg(has_bought::int) from outcomes {LATEST}),
            {_THEY_BOUGHT} {_THEN}""",
        column="Times the average",
        told=True,
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"select avg(next_revenue), {_THEY_BOUGHT} {_THEN}",
        column="Revenue per customer",
        told=True,
    ),
    Claim(
        _WORTH,
        "^(?:{n} to {n}|{n})$",
        "select nullif(mean_revenue_lower, mean_revenue_upper), mean_revenue_upper, null,"
        f" buyer_count, user_count {_VALUE.format(name='$row')}",
        column="95% interval (?:#2|of the mean)",
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"""select avg(next_revenue) / (select avg(next_revenue) from outcomes {LATEST}),
            {_THEY_BOUGHT} {_THEN}""",
        column="Times the average #2",
        told=True,
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"select avg(has_returned::int), count(*), count(*) filter (has_returned) {_THEN}",
        column="Came back",
        told=True,
    ),
    Claim(
        _WORTH,
        r"the average {n}\. .*%\)",
        f"select avg(has_bought::int) from outcomes {LATEST}",
        told=True,
    ),
    Claim(
        _WORTH,
        r"the average {n}\. .*\d\)?\.$(?<!%\)\.)",
        f"select avg(next_revenue) from outcomes {LATEST}",
        told=True,
    ),
    Claim(
        _WORTH,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?<=%) \({n} to {n}\)",
        f"""select avg(has_bought::int), wilson(avg(has_bought::int), count(*), -1),
            wilson(avg(has_bought::int), count(*), 1)
        from outcomes {LATEST} and segment_name = $name""",
    ),
    Claim(
        _WORTH,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?<!%) \({n} to {n}\)",
        "select mean_revenue, mean_revenue_lower, mean_revenue_upper"
        f" {_VALUE.format(name='$name')}",
    ),
    Claim(
        _WORTH,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?=[;.]|$)",
        f"select mean_revenue {_VALUE.format(name='$name')}",
    ),
    Claim(
        _WORTH,
        r"^{n}(?: \({n}\))?$",
        """select
            case when $row = 'Average' then avg(has_bought::int) else
                avg(has_bought::int) / (
                    select avg(has_bought::int) from outcomes where moment = $column::date
                )
            end,
            avg(has_bought::int), count(*), count(*) filter (has_bought)
        from outcomes where moment = $column::date and $row in (segment_name, 'Average')""",
        column=r"\d{4}-\d\d-\d\d",
        heading="The same after every month",
        told=True,
    ),
    Claim(
        _WORTH,
        r"On (?P<moment>\S+), knowing .* explains {n} of .* explain {n}, their 125 cells {n}",
        """select max(variance_share) filter (scheme = 'segment'),
            max(variance_share) filter (scheme = 'rfm_group'),
            max(variance_share) filter (scheme = 'rfm_cell')
        from marts.value_shares where moment = $moment::date""",
    ),
    Claim(
        _WORTH,
        r"features of the segments \({n}\) and nothing else predicts {n}",
        """select (select len(any_value(feature_names)) from current), variance_share
        from marts.value_shares where scheme = 'boosting'
            and moment = (select max(moment) from marts.value_shares)""",
    ),
    Claim(
        _WORTH,
        "^{n}$",
        "select count(*), count(*) from outcomes where moment = $row::date",
        column="Customers then",
        heading="explain",
        told=True,
    ),
    *(
        Claim(
            _WORTH,
            r"^{n}(?: \({n}\))?$",
            f"""select variance_share, held_out_share from marts.value_shares
            where moment = $row::date and scheme = '{scheme}'""",
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
