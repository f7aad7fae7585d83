"""What every number of the report has to be, by queries on the warehouse.

The views of `VIEWS` stand on users, events and labels, not on what the report reads, wherever what
it shows can be counted again; what a model estimated is read from where the estimate is kept.
"""

from __future__ import annotations

from functools import partial
from math import ceil, sqrt
from pathlib import Path

import duckdb

from pipeline.report.features import FEATURES
from pipeline.report.glossary_en import GLOSSARY_ENGLISH, INPUTS_ENGLISH
from pipeline.report.words import CATALOGUES, Words

from .check import Answers, Claim, Quote

_ENGLISH = CATALOGUES["en"][0]

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
with moments as (select distinct moment from outcomes),
windows as (
    select month_count, max(moment) as moment
    from moments, range(2, 13) as lengths (month_count)
    where moment + month_count * interval 1 month
        <= (select max(last_event_at::date + recency_days::int) from people)
    group by month_count
)
select
    current.segment_name, month_count, moment, count(*) as user_count,
    count(*) filter (exists (
        from core.sessions as visits
        where visits.user_id = members.user_id and visits.purchase_count > 0
            and visits.visit_date >= windows.moment
            and visits.visit_date < windows.moment + month_count * interval 1 month
    )) as buyer_count
from windows
join marts.int_history_segments as members using (moment)
join current using (segment_id)
group by all;

create temp view lines as
select *, case
    when is_duplicate then 'duplicate' when rejection_reason is null then 'kept' else 'rejected'
end as fate from core.event_lines;

create temp view ways as
select
    later.user_id, former_moments.moment as former_moment, later.moment as later_moment,
    case
        when former.user_id is null then 'not seen yet'
        else coalesce(former.segment_name, 'no segment')
    end as came_from,
    coalesce(later.segment_name, 'no segment') as went_to
from marts.int_history_segments as later
join (select distinct moment from marts.int_history_segments) as former_moments
    on former_moments.moment < later.moment
left join marts.int_history_segments as former
    on former.user_id = later.user_id and former.moment = former_moments.moment;

create temp table ranks as
with wide as (
    select user_id, columns(lambda c: c not in ('user_id', 'is_eligible', 'is_automatic'))::double
    from marts.segment_inputs where is_eligible
)
select name, user_id,
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
    labels = [
        *(("feature", entry[0], name) for name, entry in GLOSSARY_ENGLISH.items()),
        *(("input", entry[0], name) for name, entry in INPUTS_ENGLISH.items()),
        *(
            (prefix, text, key.removeprefix(f"{prefix}_"))
            for prefix in ("reason", "unsegmented", "choice", "type", "step")
            for key, text in _ENGLISH.items()
            if key.startswith(f"{prefix}_")
        ),
        ("choice", _ENGLISH["choice_silhouette_name"], "silhouette"),
        *(
            ("state", text, key.removeprefix("lifecycle_"))
            for key, text in _ENGLISH.items()
            if key.startswith("lifecycle_")
        ),
    ]
    connection.execute("create temp table labels (kind text, label text, code text)")
    connection.executemany("insert into labels values (?, ?, ?)", labels)
    words = Words("en")
    meanings = [(words.entry(name)[2],) for name in GLOSSARY_ENGLISH]
    questions = [(words.input(name)[1],) for name in INPUTS_ENGLISH]
    connection.execute("create temp table meanings (text text)")
    connection.executemany("insert into meanings values (?)", meanings + questions)
    return Answers(connection)


# Words that hold a number and say nothing of the data: dates, versions, names of files, methods,
# the definitions of the catalogue.
WORDS = (
    r"\d{4}-\d{2}-\d{2}",
    r"[Mm]odel (?:version )?\d+",
    r"Version \d+ learned",
    r"\S+\.(?:csv|parquet|gz)\b",
    r"Component \d+ ",
    r"95% [Ii]nterval",
    r"95 of 100 samples|92 to 99 of 100",
    r"\b1 \+ (?:revenue|x)\b",
    r"11 RFM groups|125 RFM cells|125 cells",
    r"80 of 100 cases|5 of 100 cases|Fleiss \(1981\)",
    r"±1\.5|10% (?:to|and) (?:the )?90% quantile|at least 1 spread",
    r"above 1, it brings in more",
    r"adds up to 100%",
    r"above 0\.9\b|Above 0\.9\b|below 0\.1 a feature|above 0\.25 it is",
    r"Below 0\.6 do|from 0\.75 it|from 0\.85 highly|\(Hennig 2007\)",
    r"the largest number with (?:0\.8|0\.9|0\.75|5%)",
    r"A silhouette near 0\.5 does.*by the same recipe",
    r"\(1% of a total\)|at most 1% from the truth",
)

_STORE = "The segments"
_STATES = "Where every customer stands"
_WORTH = "What a segment is worth next month"
_TRIAL = "What a fair test needs"
_MOVES = "Who moved"
_DIFFER = "How they differ"
_RULES = "In plain rules"
_SURE = "How sure is a label"
_CHOICE = "How many segments"
_READING = "Why these features"
_METHOD = "How the model was trained"
_DRIFT = "Has the data moved"
_DATA = "The data"
_ALL = "All with a segment"

_WHO = f"from labelled where $row in (segment_name, '{_ALL}')"
_SPENT = "count(*), count(*) filter (order_count > 0)"
_EVERYONE_SPENT = "(select avg(revenue) from labelled)"

_SEGMENTS = (
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
        r"segment on (?P<moment>\S+), {n} bought in the month that followed,"
        r" whatever the store did in it \({n} of all",
        """select
            avg(has_bought::int) filter (segment_name = $heading), avg(has_bought::int),
            count(*) filter (segment_name = $heading),
            count(*) filter (segment_name = $heading and has_bought)
        from outcomes where moment = $moment::date""",
        told=True,
    ),
    Quote(_STORE, "select naming_rule from current where segment_name = $heading"),
    Quote(_STORE, "select recommended_action from current where segment_name = $heading"),
)

_THEN = """from outcomes
where moment = (select max(moment) from outcomes) and $row in (segment_name, 'Average')"""
_THEY_BOUGHT = "count(*), count(*) filter (has_bought)"
_VALUE = """from marts.segment_value
where moment = (select max(moment) from marts.segment_value) and scheme = 'segment'
    and group_id = (select segment_id::text from current where segment_name = {name})"""
_LATEST = "where moment = (select max(moment) from outcomes)"

_WORTH_CLAIMS = (
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
        from outcomes {_LATEST}""",
        told=True,
    ),
    Claim(
        _WORTH,
        "“(?P<name>.+)” bought {n} times as often: {n} of them",
        f"""select
            avg(has_bought::int) filter (segment_name = $name) / avg(has_bought::int),
            avg(has_bought::int) filter (segment_name = $name)
        from outcomes {_LATEST}""",
        told=True,
    ),
    Claim(
        _WORTH,
        "“(?P<name>.+)” is worth {n} times the average, {n} against {n}",
        f"""select
            avg(next_revenue) filter (segment_name = $name) / avg(next_revenue),
            avg(next_revenue) filter (segment_name = $name), avg(next_revenue)
        from outcomes {_LATEST}""",
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
        column="95% interval",
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"""select avg(has_bought::int) / (select avg(has_bought::int) from outcomes {_LATEST}),
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
        column="95% interval #2",
    ),
    Claim(
        _WORTH,
        "^{n}$",
        f"""select avg(next_revenue) / (select avg(next_revenue) from outcomes {_LATEST}),
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
        f"select avg(has_bought::int) from outcomes {_LATEST}",
        told=True,
    ),
    Claim(
        _WORTH,
        r"the average {n}\. .*\d\)?\.$(?<!%\)\.)",
        f"select avg(next_revenue) from outcomes {_LATEST}",
        told=True,
    ),
    Claim(
        _WORTH,
        r"(?:^|[.;] )(?P<name>[^;:.]+): {n}(?<=%) \({n} to {n}\)",
        f"""select avg(has_bought::int), wilson(avg(has_bought::int), count(*), -1),
            wilson(avg(has_bought::int), count(*), 1)
        from outcomes {_LATEST} and segment_name = $name""",
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

_ALPHA, _POWER = 1.959963984540054, 0.8416212335729143
_EFFECT, _LARGEST_EFFECT = 0.1, 9.0


def _half(first: float, second: float) -> float:
    """Return the size of each half of a test after Fleiss (1981), formulas 3.14 and 3.15."""
    mean = (first + second) / 2
    bare = (
        _ALPHA * sqrt(2 * mean * (1 - mean))
        + _POWER * sqrt(first * (1 - first) + second * (1 - second))
    ) ** 2 / (second - first) ** 2
    return bare / 4 * (1 + sqrt(1 + 4 / (bare * abs(second - first)))) ** 2


def _smallest_effect(size: float, rate: float) -> float | None:
    """Return the relative effect that two halves show, in whole percents, rounded up.

    By bisection; none where it is more than tenfold.
    """
    half = size // 2
    if not 0 < rate < 1 or half < 1 or _half(rate, 1.0) > half:
        return None
    low, high = 1e-9, 1 / rate - 1
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _half(rate, rate * (1 + middle)) > half else (low, middle)
    return None if high > _LARGEST_EFFECT else ceil(round(100 * high, 6)) / 100


def _needed(rate: float) -> int | None:
    return ceil(_half(rate, rate * (1 + _EFFECT))) if 0 < rate <= 1 / (1 + _EFFECT) else None


def _window(
    size: int, windows: list[dict[str, int]] | None, minimum: int, is_public: bool
) -> dict[str, int] | None:
    """Return the shortest window in which a segment is large enough, else the longest."""
    told = [
        one
        for one in sorted(windows or (), key=lambda one: one["months"])
        if not 0 < one["users"] < minimum
        and not 0 < one["buyers"] < minimum
        and not (is_public and 0 < one["users"] - one["buyers"] < minimum)
    ]
    large = [one for one in told if 2 * (_needed(one["buyers"] / one["users"]) or size) <= size]
    return (large or told[-1:] or [None])[0]


def _of_window(what: str, size: int, windows: list, minimum: int, is_public: bool) -> tuple:
    window = _window(size, windows, minimum, is_public)
    if window is None:
        return (None,)
    rate = window["buyers"] / window["users"]
    return ({"months": window["months"], "rate": rate, "needed": _needed(rate)}[what],)


def _together(sizes: list[int], buyers: list[int], users: list[int]) -> tuple[int, float]:
    """Return how many several segments have, and which share is expected to buy."""
    expected = sum(
        size * bought / seen for size, bought, seen in zip(sizes, buyers, users, strict=True)
    )
    return sum(sizes), expected / sum(sizes)


_PAST = f"""select count(*) filter (has_bought), count(*)
from outcomes {_LATEST} and segment_name = $row"""
_WITH_SIZE = f"""select (select count(*) from labelled where segment_name = $row),
    count(*) filter (has_bought), count(*)
from outcomes {_LATEST} and segment_name = $row"""
_WINDOWS = """select (select count(*) from labelled where segment_name = $row),
    list({months: month_count, buyers: buyer_count, users: user_count}), $minimum, $is_public
from waits where segment_name = $row"""
_POOL = f"""select list(size), list(buyers), list(users) from (
    select count(*) filter (has_bought) as buyers, count(*) as users,
        (select count(*) from labelled where segment_name = outcomes.segment_name) as size
    from outcomes {_LATEST} and segment_name in (select unnest(string_split($names, '; ')))
    group by segment_name
)"""
_SMALL = "^Where a segment is too small"


def _pool_too_small(*pool: list[int]) -> tuple:
    size, rate = _together(*pool)
    return _EFFECT, size, rate, _needed(rate), _smallest_effect(size, rate)


def _pool_large(*pool: list[int]) -> tuple:
    size, rate = _together(*pool)
    return _EFFECT, size, rate, _needed(rate)


_TRIAL_CLAIMS = (
    Claim(_TRIAL, r"\(power\) an effect of {n}", f"select {_EFFECT}"),
    Claim(
        _TRIAL,
        "^{n}$",
        "select count(*), count(*) from labelled where segment_name = $row",
        column="Customers",
    ),
    Claim(
        _TRIAL,
        "^{n}$",
        _PAST,
        column="Past response",
        compute=lambda buyers, users: (buyers / users, buyers, users),
    ),
    Claim(
        _TRIAL,
        "^{n}$",
        _PAST,
        column="Needed per half",
        heading="^$",
        compute=lambda buyers, users: (_needed(buyers / users), buyers, users),
    ),
    Claim(
        _TRIAL,
        "alone, for {n} and more",
        _WITH_SIZE,
        column="How to test it",
        compute=lambda size, buyers, users: (_smallest_effect(size, buyers / users),),
    ),
    Claim(
        _TRIAL,
        "^{n}$",
        _WITH_SIZE,
        column="Smallest effect without waiting",
        compute=lambda size, buyers, users: (
            _smallest_effect(size, buyers / users),
            buyers,
            users,
            size,
        ),
    ),
    *(
        Claim(
            _TRIAL,
            pattern,
            _WINDOWS,
            column=column,
            heading=heading,
            compute=partial(_of_window, what),
        )
        for what, column, heading, pattern in (
            ("months", "How to test it", "^$", "alone, over {n} months"),
            ("months", "Months needed", _SMALL, "^(?:more than )?{n}$"),
            ("rate", "Bought within them", _SMALL, "^{n}(?: from|$)"),
            ("needed", "Needed per half", _SMALL, "^{n}$"),
        )
    ),
    Claim(
        _TRIAL,
        "Not even together are they large enough for an effect of {n}: of the {n} customers of"
        " (?P<names>.+), {n} are expected to buy, and each half would need {n}\\. Together they can"
        " show an effect of {n}",
        _POOL,
        compute=_pool_too_small,
    ),
    Claim(
        _TRIAL,
        "Together large enough for an effect of {n}: (?P<names>.+)\\. Of these {n} customers {n}"
        " are expected to buy, and each half needs {n}",
        _POOL,
        compute=_pool_large,
    ),
    Claim(
        _TRIAL,
        "for any effect: they are {n} customers, of whom {n} are expected to buy"
        r" \((?P<names>.+)\)",
        _POOL,
        compute=_together,
    ),
)

_BETWEEN_MOMENTS = """from ways where
    former_moment = regexp_extract($heading, 'From (\\S+)', 1)::date
    and later_moment = regexp_extract($heading, 'to (\\S+)', 1)::date"""
_MODELS = """from marts.segment_migrations where kind = 'model'
    and to_version = (select max(model_version) from current)"""
_MOVES_CLAIMS = (
    Claim(
        _MOVES,
        "They are a sample, {n} of all",
        "select (select count(*) from marts.int_sampled_users) / count(*) from people",
    ),
    Claim(
        _MOVES,
        "^{n}$",
        f"""select count(*) filter (came_from = $row and went_to = $column),
            count(*) filter (came_from = $row and went_to = $column)
        {_BETWEEN_MOMENTS}""",
        column=".+",
        heading=r"^From \d{4}-",
    ),
    Claim(
        _MOVES,
        "Of those who had a segment before, {n} are still in it",
        f"""select count(*) filter (came_from = went_to) / count(*),
            count(*) filter (came_from = went_to)
        {_BETWEEN_MOMENTS} and came_from not in ('no segment', 'not seen yet')""",
        heading=r"^From \d{4}-",
        told=True,
    ),
    Claim(
        _MOVES,
        "^{n}$",
        f"""select coalesce(sum(user_count), 0), coalesce(sum(user_count), 0) {_MODELS}
            and coalesce(from_segment_name, 'no segment') = $row
            and coalesce(to_segment_name, 'no segment') = $column""",
        column=".+",
        heading="^From model",
    ),
    Claim(
        _MOVES,
        "Of those who had a segment before, {n} are still in it",
        f"""select sum(user_count) filter (from_segment_id = to_segment_id) / sum(user_count),
            sum(user_count) filter (from_segment_id = to_segment_id)
        {_MODELS} and from_segment_id is not null""",
        heading="^From model",
        told=True,
    ),
)

_STATE = """from people where not is_automatic and lifecycle_state = (
    select code from labels where kind = 'state' and label = $row
)"""
_COUNTED = "from people where not is_automatic"
_STATES_CLAIMS = (
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
        "neither people nor revenue: {n} users",
        "select count(*), count(*) from people where is_automatic",
    ),
)

_DIFFER_CLAIMS = (
    Claim(
        _DIFFER,
        r"(?:^|[.;] )(?P<name>[^;:.]+) differs most in (?P<label>[^;]+) \({n}\)",
        """select
            (median(value) filter (segment_name = $name) - median(value)) / coalesce(
                nullif(quantile_cont(value, 0.9) - quantile_cont(value, 0.1), 0),
                stddev_pop(value)
            )
        from long
        where feature = (select code from labels where kind = 'feature' and label = $label)""",
    ),
    Claim(
        _DIFFER,
        "^(?:Scatter plot of )?{n} (?:sampled )?customers",
        """select least(5000, sum(size)) from (
            select count(*) as size from labelled group by segment_id having size >= $minimum
        )""",
    ),
    Claim(
        _DIFFER,
        "two axes hold {n} of the variance",
        "select list_sum(any_value(explained_variance_ratios)[1:2]) from current",
    ),
    Claim(
        _DIFFER,
        r"Component (?P<number>\d+) \({n}\)",
        "select any_value(explained_variance_ratios)[$number::int] from current",
    ),
)

_WEIGHT = """select round(feature_importances[list_position(feature_names, (
    select code from labels where kind = 'input' and label = {label}
))], 9), member_count from current where segment_name = {name}"""
_RULES_CLAIMS = (
    Claim(_RULES, "It gives {n} of the", "select any_value(tree_fidelity) from current"),
    Quote(_RULES, "select tree_rule from current where segment_name = $row"),
    *(
        Claim(
            _RULES,
            "^{n}$",
            f"""select {measure}, (select count(*) from labelled where segment_name = $row)
            from current where segment_name = $row""",
            column=column,
        )
        for column, measure in (("Precision", "tree_precision"), ("Recall", "tree_recall"))
    ),
    Claim(
        _RULES,
        "^(?P<label>.+): {n}$",
        _WEIGHT.format(label="$label", name="$row"),
        column="First|Second|Third",
    ),
    Claim(
        _RULES,
        "^{n}$",
        _WEIGHT.format(label="$row", name="$column"),
        column=".+",
        heading="Every feature",
    ),
)

_SETTING = "select any_value(settings)->>'{name}' from current"
_LONG = """from marts.int_early_segments as early
join marts.int_long_histories as histories using (user_id)
join marts.int_early_segments as final
    on final.user_id = early.user_id and final.seen_event_count = histories.event_count
where final.segment_id is not null and early.seen_event_count < histories.event_count"""
_AGREED = "avg((early.segment_id is not distinct from final.segment_id)::int)"
_BELOW = "from people where unsegmented_reason = 'too_few_events'"
_BETWEEN = "confidence < 0.1"
_SURE_CLAIMS = (
    Claim(
        _SURE, "at least {n} events\\. Below", f"select ({_SETTING.format(name='min_events')})::int"
    ),
    Claim(
        _SURE,
        "a single event is more than {n}",
        f"select 1.0 / ({_SETTING.format(name='min_events')})::int",
    ),
    Claim(
        _SURE,
        "Below the threshold: {n} customers, {n} of all",
        f"select count(*), count(*) / (select count(*) from people), count(*) {_BELOW}",
        told=True,
    ),
    Claim(
        _SURE,
        "of all, with {n} of the revenue",
        f"""select sum(revenue) / (select sum(revenue) from people)::double,
            count(*) filter (order_count > 0) {_BELOW}""",
        told=True,
    ),
    Claim(
        _SURE,
        "^{n} customers with at least {n} events",
        f"""select count(distinct early.user_id), min(histories.event_count) {_LONG}
        and early.seen_event_count <= ({_SETTING.format(name="min_events")})::int""",
    ),
    Claim(
        _SURE,
        r"At (?:the threshold of )?(?P<events>\d+) events, (?:the last point before the threshold"
        r" of {n}, )?{n} of them \({n} to {n}\)",
        f"""select ({_SETTING.format(name="min_events")})::int, {_AGREED},
            wilson({_AGREED}, count(*), -1), wilson({_AGREED}, count(*), 1)
        {_LONG} and early.seen_event_count = $events::int""",
    ),
    Claim(
        _SURE,
        "(?:At the threshold of|At) {n} events",
        f"""select max(early.seen_event_count) {_LONG}
        and early.seen_event_count <= ({_SETTING.format(name="min_events")})::int""",
    ),
    Claim(
        _SURE,
        "Half have it from {n} events on(?:, four in five from {n})?",
        f"""select min(seen) filter (share >= 0.5), min(seen) filter (share >= 0.8) from (
            select early.seen_event_count as seen, {_AGREED} as share {_LONG} group by all
        )""",
    ),
    Claim(
        _SURE,
        "forecast of the label after {n} events",
        f"select min(histories.event_count) {_LONG}",
    ),
    Claim(
        _SURE,
        "higher min_events, such as {n}",
        f"""select min(seen) from (
            select early.seen_event_count as seen, {_AGREED} as share {_LONG} group by all
        ) where share >= 0.8""",
    ),
    Claim(
        _SURE,
        r"(?:^|[:;] )(?P<events>\d+): {n}",
        f"""select {_AGREED}, count(*) filter (early.segment_id = final.segment_id)
        {_LONG} and early.seen_event_count = $events::int""",
    ),
    Claim(_SURE, "threshold is at {n}", f"select ({_SETTING.format(name='min_events')})::int"),
    Claim(
        _SURE,
        "^{n} customers, {n} of those with a segment, lie between",
        f"""select count(*) filter ({_BETWEEN}), count(*) filter ({_BETWEEN}) / count(*),
            count(*) filter ({_BETWEEN}) from labelled""",
        told=True,
    ),
    Claim(_SURE, r"centre is less than {n} nearer", "select 0.1"),
    Claim(_SURE, r"confidence below {n}", "select 0.1"),
    Claim(
        _SURE,
        "^{n}$",
        f"""select count(*), count(*), (
            select count(*) from labelled where segment_name = $row
        ) from labelled where {_BETWEEN} and segment_name = $row""",
        column="Between two",
    ),
    Claim(
        _SURE,
        "^{n}$",
        f"""select count(*) filter ({_BETWEEN}) / count(*), count(*) filter ({_BETWEEN}), count(*)
        from labelled where segment_name = $row""",
        column="Share of the segment",
    ),
)

_CRITERION = """(select coalesce(max(code), 'none') from labels where kind = 'choice'
    and label = $row and code in (select criterion from evaluation))"""
_K = "regexp_extract($column, '^\\d+')::int"
_CHOICES = """(select unnest(any_value(choices)) as one from current)"""
_CHOSEN = "(select any_value(segment_count) from current)"
_AT = "select max(value) filter (k = {k}) from evaluation where criterion = '{name}'"
_DROP = """select 1 - max(value) filter (k = {k}) / nullif(max(value) filter (k = {k} - 1), 0)
from evaluation where criterion = 'inertia'"""
_TRAINED = "any_value(training_user_count)"
_CHOICE_CLAIMS = (
    Claim(_CHOICE, "number from {n} to {n} was", "select min(k), max(k) from evaluation"),
    Claim(_CHOICE, r"It chose {n}\.|{n} was set by hand", f"select {_CHOSEN}, {_CHOSEN}"),
    Claim(
        _CHOICE,
        "rule (?:alone )?would have taken {n}",
        "select any_value(rule_segment_count) from current",
    ),
    Claim(_CHOICE, "former number, {n}, stays", f"select {_CHOSEN}"),
    Claim(
        _CHOICE,
        r"gain of silhouette at {n}, {n}, does not exceed its own, {n}, by three standard errors"
        r" \({n}\)",
        """with gains as (
            select k, max(value) filter (criterion = 'silhouette_gain') as gain,
                max(value) filter (criterion = 'silhouette_gain_error') as error
            from evaluation group by k
        )
        select rule_segment_count, by_rule.gain, chosen.gain,
            3 * greatest(by_rule.error, chosen.error)
        from (from current limit 1) as current
        join gains as by_rule on by_rule.k = rule_segment_count
        join gains as chosen on chosen.k = segment_count""",
    ),
    Claim(
        _CHOICE,
        "measured on the {n} customers who trained",
        f"select {_TRAINED}, {_TRAINED} from current",
        told=True,
    ),
    Claim(
        _CHOICE,
        "the repetitions on {n} of them",
        f"select ({_SETTING.format(name='resample_rows')})::int",
    ),
    Claim(
        _CHOICE,
        "^{n}$",
        f"""select one.k from {_CHOICES} where one.criterion = (
            select max(code) from labels where kind = 'choice' and label = $row
                and code in (select c.one.criterion from {_CHOICES} as c)
        )""",
        column="Its number",
    ),
    Quote(
        _CHOICE,
        f"""select string_agg(count || ' \u00d7 ' || k, ', ' order by k) from (
            select one.k as k, count(*) as count from {_CHOICES} group by all
        )""",
    ),
    Claim(_CHOICE, "All criteria would choose {n}", f"select any_value(one.k) from {_CHOICES}"),
    Claim(
        _CHOICE,
        r"^(?P<k>\d+)$",
        f"select true from evaluation where k = $k::int and k <> {_CHOSEN}",
        heading="Every figure",
    ),
    Claim(
        _CHOICE,
        r"^(?P<k>\d+) \(chosen\)$",
        f"select true from evaluation where k = $k::int and k = {_CHOSEN}",
        heading="Every figure",
    ),
    Claim(
        _CHOICE,
        "^{n}$",
        f"""select case when $row = 'Drop of inertia' then ({_DROP.format(k=_K)}) else (
            select value from evaluation where criterion = {_CRITERION} and k = {_K}
        ) end,
        case when $row = 'Smallest segment' then round((
            select value from evaluation where criterion = 'smallest_share' and k = {_K}
        ) * (select {_TRAINED} from current)) end""",
        column=r"\d+(?: \(chosen\))?",
        heading="Every figure",
    ),
    Claim(
        _CHOICE,
        "The knee is at {n}",
        "select arg_max(k, value) from evaluation where criterion = 'knee_distance'",
    ),
    Claim(
        _CHOICE,
        r"step from (?P<before>\d+) to (?P<k>\d+)(?: segments)?(?: lowers the inertia)? by {n}",
        f"{_DROP.format(k='$k::int')} and $before::int + 1 = $k::int",
    ),
    Claim(
        _CHOICE,
        r"silhouette of {n} segments(?: is|,) {n}",
        f"select {_CHOSEN}, value from evaluation where criterion = 'silhouette' and k = {_CHOSEN}",
    ),
    Claim(
        _CHOICE,
        "highest of all is {n}, at {n}",
        "select max(value), arg_max(k, value) from evaluation where criterion = 'silhouette'",
    ),
    Claim(
        _CHOICE,
        "rank correlations, get {n} when cut into {n}: the gain is {n}",
        f"""select max(value) filter (criterion = 'silhouette')
                - max(value) filter (criterion = 'silhouette_gain'),
            {_CHOSEN}, max(value) filter (criterion = 'silhouette_gain')
        from evaluation where k = {_CHOSEN}""",
    ),
    Claim(
        _CHOICE,
        "miss those of the real customers by {n}",
        "select any_value(null_correlation_error) from current",
    ),
    Claim(
        _CHOICE,
        "silhouette was computed on {n} customers",
        f"select ({_SETTING.format(name='silhouette_rows')})::int",
    ),
    Claim(
        _CHOICE,
        r"highest point, {n}, at k = {n}; the chosen k = {n} has {n}",
        f"""select max(value), arg_max(k, value), {_CHOSEN}, max(value) filter (k = {_CHOSEN})
        from evaluation where criterion = 'silhouette'""",
    ),
    Claim(
        _CHOICE,
        "without segments, {n} at the chosen k",
        f"""select max(value) filter (criterion = 'silhouette')
            - max(value) filter (criterion = 'silhouette_gain')
        from evaluation where k = {_CHOSEN}""",
    ),
    Claim(_CHOICE, "(?:At k =|chosen k =|; k =) {n}", f"select {_CHOSEN}"),
    *(
        Claim(_CHOICE, f"{label} {{n}}(?=[;.])", _AT.format(k=_CHOSEN, name=name))
        for label, name in (
            ("Prediction strength", "prediction_strength"),
            ("Adjusted Rand index", "adjusted_rand"),
            ("Smallest Jaccard index", "smallest_jaccard"),
        )
    ),
    Claim(
        _CHOICE,
        "falling from {n} at k = {n} to {n} at k = {n}",
        """select arg_min(value, k), min(k), arg_max(value, k), max(k)
        from evaluation where criterion = 'inertia'""",
    ),
    Claim(
        _CHOICE,
        "number of segments: {n} at k = {n}, {n} at k = {n}, {n} at the chosen k = {n}",
        f"""select arg_min(value, k), min(k), arg_max(value, k), max(k),
            max(value) filter (k = {_CHOSEN}), {_CHOSEN}
        from evaluation where criterion = 'out_of_time_value'""",
    ),
    Claim(
        _CHOICE,
        "^{n}$",
        "select bootstrap_jaccard from current where segment_name = $row",
        column="Jaccard index",
    ),
)

_INPUT = "(select max(code) from labels where kind = 'input' and label = {label})"
_STABILITY = """from marts.feature_stability where feature_name in (
    select unnest(feature_names) from (from current limit 1)
)"""
_LATEST_PSI = "arg_max(psi, later_moment)"
_READING_CLAIMS = (
    Claim(_READING, "The model reads {n} of", "select len(any_value(feature_names)) from current"),
    Quote(_READING, "select text from meanings"),
    Claim(
        _READING,
        "“(?P<first>[^”]+)” and “(?P<second>[^”]+)”, (?:with )?{n}",
        f"""select feature_correlations[first_place][second_place]
        from (
            select feature_correlations,
                list_position(feature_names, {_INPUT.format(label="$first")}) as first_place,
                list_position(feature_names, {_INPUT.format(label="$second")}) as second_place
            from current limit 1
        )""",
    ),
    Claim(_READING, "or of {n} of them drawn", "select 20000"),
    Claim(
        _READING,
        "^{n}$",
        f"""select arg_max(rho, abs(rho)) from (
            select corr(one.place, other.place) as rho
            from ranks as one join ranks as other on one.user_id = other.user_id
            where one.name = {_INPUT.format(label="$row")} and other.name <> one.name
                and other.name in (select unnest(feature_names) from (from current limit 1))
            group by other.name
        ) where isfinite(rho)""",
        column="Correlation",
    ),
    Claim(
        _READING,
        "^{n}$",
        f"""select {_LATEST_PSI} from marts.feature_stability
        where feature_name = {_INPUT.format(label="$row")}""",
        column="PSI, last two months",
    ),
    Claim(
        _READING,
        "^{n}$",
        f"""select max(psi) from marts.feature_stability
        where feature_name = {_INPUT.format(label="$row")}""",
        column="Highest of all months",
    ),
    Claim(
        _READING,
        "{n} of {n} are stable",
        f"""select count(*) filter (psi < 0.1), count(*) from (
            select {_LATEST_PSI} as psi {_STABILITY} group by feature_name
        )""",
    ),
    Claim(_READING, "[Ff]ewer than {n} training customers", "select $minimum"),
)

_METHOD_CLAIMS = (
    Claim(
        _METHOD,
        "learned from {n} of the {n} customers",
        "select training_user_count, eligible_user_count, training_user_count from current limit 1",
        told=True,
    ),
    Claim(
        _METHOD,
        "[Tt]he first {n} of {n} (?:components reach|hold|of) {n}",
        """select len(components), len(explained_variance_ratios),
            list_sum(explained_variance_ratios[1:len(components)])
        from current limit 1""",
    ),
    Claim(
        _METHOD,
        "reach the threshold of {n}",
        f"select ({_SETTING.format(name='explained_variance')})::double",
    ),
)

_DRIFT_CLAIMS = (
    *(
        Claim(
            _DRIFT,
            "^{n}$",
            f"""select {measure} from marts.feature_drift
            where feature_name = {_INPUT.format(label="$row")}""",
            column=column,
        )
        for column, measure in (("PSI", "psi"), ("By chance, at most", "noise"))
    ),
    Claim(
        _DRIFT,
        r"“(?P<label>[^”]+)” \({n}\)",
        f"select psi from marts.feature_drift where feature_name = {_INPUT.format(label='$label')}",
    ),
    Claim(_DRIFT, "highest index is {n}", "select max(psi) from marts.feature_drift"),
)

_PRICED = "sum(price) filter (event_type = 'purchase')"
_FILE = "from lines where $row in (source_file, 'Total')"
_DATA_CLAIMS = (
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
        f"select ({_SETTING.format(name='min_events')})::int",
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

_FEW = (
    # What hides a group says how small it is.
    Claim(".*", "[Ff]ewer than {n} (?:customers|people|of them|did not|buyers)", "select $minimum"),
    Claim(".*", "a number below {n}", "select $minimum"),
    Quote("Glossary of the features", "select text from meanings"),
    Quote("Glossary of the features", "select '1 to 5'"),
    Quote("Glossary of the features", "select code from labels where kind = 'feature'"),
    Quote(".*", "select label from labels where kind in ('feature', 'input')"),
)

CLAIMS: tuple[Claim | Quote, ...] = (
    *_SEGMENTS,
    *_STATES_CLAIMS,
    *_WORTH_CLAIMS,
    *_TRIAL_CLAIMS,
    *_MOVES_CLAIMS,
    *_DIFFER_CLAIMS,
    *_RULES_CLAIMS,
    *_SURE_CLAIMS,
    *_CHOICE_CLAIMS,
    *_READING_CLAIMS,
    *_METHOD_CLAIMS,
    *_DRIFT_CLAIMS,
    *_DATA_CLAIMS,
    *_FEW,
)
