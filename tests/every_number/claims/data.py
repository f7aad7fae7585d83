"""The data, and what hides a group."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote
from tests.every_number.claims.model import SETTING

_DATA = "The data"

_PRICED = "sum(price) filter (event_type = 'purchase')"
_FILE = "from lines where $row in (source_file, 'Total')"
DATA_CLAIMS = (
    *(
        Claim(_DATA, "^{n}$", f"select {count} {_FILE}", column=column)
        for column, count in (
            ("Lines read", "count(*)"),
            ("Kept", "count(*) filter (fate = 'kept')"),
            ("Duplicates", "count(*) filter (fate = 'duplicate')"),
            ("Rejected", "count(*) filter (fate = 'rejected')"),
        )
    ),
    Claim(
        _DATA,
        "^{n}$",
        f"select coalesce({_PRICED}, 0) {_FILE} and fate = 'kept'",
        column="Revenue",
        heading="loaded",
    ),
    Claim(
        _DATA,
        "^{n}$",
        "select sum(refused_revenue) from core.loaded_files where $row in (source_file, 'Total')",
        column="Revenue rejected",
        heading="loaded",
    ),
    Claim(
        _DATA,
        r"rejected: {n} = {n} \+ {n} \+ {n}\. The same",
        """select count(*), count(*) filter (fate = 'kept'), count(*) filter (fate = 'duplicate'),
            count(*) filter (fate = 'rejected') from lines""",
    ),
    Claim(
        _DATA,
        r"price can be read: {n} = {n} \+ {n} \+ {n}\.",
        """select sum(read_revenue), sum(kept_revenue), sum(duplicate_revenue), sum(refused_revenue)
        from core.loaded_files""",
    ),
    Claim(
        _DATA,
        "{n} lines had a category",
        "select count(*) from lines where has_unreadable_category and fate = 'kept'",
    ),
    *(
        Claim(
            _DATA, f"{{n}} {text}", f"select count(*) from core.events where event_type = '{kind}'"
        )
        for kind, text in (
            ("view", "views"),
            ("cart", "cart additions"),
            ("purchase", "purchases"),
            ("remove_from_cart", "removals from the cart"),
        )
    ),
    Claim(
        _DATA,
        "^{n}$",
        """select count(*) from lines where rejection_reason = (
            select code from labels where kind = 'reason' and label = $row
        )""",
        column="Lines",
    ),
    Claim(
        _DATA,
        "^{n}$",
        """select count(*) filter (rejection_reason = (
            select code from labels where kind = 'reason' and label = $row
        )) / count(*) from lines""",
        column="Share of lines read",
    ),
    Claim(
        _DATA,
        "^{n}$",
        """select sum(refused_revenue_by_reason[code]) from core.loaded_files, (
            select code from labels where kind = 'reason' and label = $row
        )""",
        column="Revenue rejected",
        heading="rejected",
    ),
    Claim(
        _DATA,
        "^{n}$",
        """select case (select max(code) from labels where kind = 'step' and label = $row)
            when 'loaded_files' then (select sum(kept_revenue) from core.loaded_files)
            when 'events' then (
                select sum(price) from core.events where event_type = 'purchase'
            )
            when 'sessions' then (select sum(revenue) from core.sessions)
            when 'user_features' then (select sum(revenue) from marts.user_features)
            when 'user_segments' then (select sum(revenue) from people)
        end""",
        column="Revenue",
        heading="step by step",
    ),
    Claim(
        _DATA,
        "brought in {n}",
        """select sum(revenue) from core.sessions
        where visit_date >= (select max(last_event_at::date + recency_days::int) from people)""",
    ),
    Claim(
        _DATA,
        "^fewer than {n} events$",
        f"select ({SETTING.format(name='min_events')})::int",
        column="Reason",
    ),
    *(
        Claim(
            _DATA,
            "^{n}$",
            f"""select {value}, {groups} from people where unsegmented_reason = (
                select max(code) from labels
                where kind = 'unsegmented' and $row like replace(label, '{{min_events}}', '%')
            )""",
            column=column,
            told=True,
        )
        for column, value, groups in (
            ("Customers", "count(*)", "count(*)"),
            ("Share of customers", "count(*) / (select count(*) from people)", "count(*)"),
            (
                "Share of revenue",
                "sum(revenue) / (select sum(revenue) from people)::double",
                "count(*), count(*) filter (order_count > 0)",
            ),
        )
    ),
)

FEW_CLAIMS = (
    # What hides a group says how small it is.
    Claim(".*", "[Ff]ewer than {n} (?:customers|people|of them|did not|buyers)", "select $minimum"),
    Claim(".*", "a number below {n}", "select $minimum"),
    Quote("Glossary of the features", "select text from meanings"),
    Quote("Glossary of the features", "select '1 to 5'"),
    Quote("Glossary of the features", "select code from labels where kind = 'feature'"),
    Quote(".*", "select label from labels where kind in ('feature', 'input')"),
)
