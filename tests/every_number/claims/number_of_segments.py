"""How many segments, and what each number would show."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote
from tests.every_number.claims.model import SETTING

_NUMBER = "How many segments"

_CRITERION = """(select coalesce(max(code), 'none') from labels where kind = 'number'
    and label = $row and code in (select criterion from evaluation))"""
_K = "regexp_extract($column, '^\\d+')::int"
_ROW_K = "regexp_extract($row, '^\\d+')::int"
_CHOICES = """(select unnest(any_value(choices)) as one from current)"""
_CHOSEN = "(select any_value(segment_count) from current)"
_AT = "select max(value) filter (k = {k}) from evaluation where criterion = '{name}'"
_DROP = """select 1 - max(value) filter (k = {k}) / nullif(max(value) filter (k = {k} - 1), 0)
from evaluation where criterion = 'inertia'"""
_TRAINED = "any_value(training_user_count)"
NUMBER_CLAIMS = (
    Claim(_NUMBER, "number from {n} to {n} was", "select min(k), max(k) from evaluation"),
    Claim(_NUMBER, r"It chose {n}\.|{n} was set by hand", f"select {_CHOSEN}, {_CHOSEN}"),
    Claim(
        _NUMBER,
        "rule (?:alone )?would have taken {n}",
        "select any_value(rule_segment_count) from current",
    ),
    Claim(_NUMBER, "former number, {n}, stays", f"select {_CHOSEN}"),
    Claim(
        _NUMBER,
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
        _NUMBER,
        "measured on the {n} customers who trained",
        f"select {_TRAINED}, {_TRAINED} from current",
        told=True,
    ),
    Claim(
        _NUMBER,
        "the repetitions on {n} of them",
        f"select ({SETTING.format(name='resample_rows')})::int",
    ),
    Claim(
        _NUMBER,
        "^{n}$",
        f"""select one.k from {_CHOICES} where one.criterion = (
            select max(code) from labels where kind = 'number' and label = $row
                and code in (select c.one.criterion from {_CHOICES} as c)
        )""",
        column="Its number",
    ),
    Quote(
        _NUMBER,
        f"""select string_agg(count || ' \u00d7 ' || k, ', ' order by k) from (
            select one.k as k, count(*) as count from {_CHOICES} group by all
        )""",
    ),
    Claim(_NUMBER, "All criteria would choose {n}", f"select any_value(one.k) from {_CHOICES}"),
    Claim(
        _NUMBER,
        r"^(?P<k>\d+)$",
        f"select true from evaluation where k = $k::int and k <> {_CHOSEN}",
        heading="Every figure",
    ),
    Claim(
        _NUMBER,
        r"^(?P<k>\d+) \(chosen\)$",
        f"select true from evaluation where k = $k::int and k = {_CHOSEN}",
        heading="Every figure",
    ),
    Claim(
        _NUMBER,
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
        _NUMBER,
        r"{n} segments explain {n} of .* of {n}\.",
        f"""select {_CHOSEN}, value, value from evaluation
        where criterion = 'out_of_time_value' and k = {_CHOSEN}""",
    ),
    Claim(
        _NUMBER,
        r"^(?P<k>\d+)(?: \(chosen\))?$",
        "select true from evaluation where k = $k::int",
        column="Segments",
        heading="What fewer segments lose",
    ),
    Claim(
        _NUMBER,
        "^{n}$",
        _AT.format(k=_ROW_K, name="out_of_time_value"),
        column="Next month explained",
        heading="What fewer segments lose",
    ),
    Claim(
        _NUMBER,
        "^{n}$",
        f"""select max(value) filter (k = {_ROW_K}) / max(value) filter (k = {_CHOSEN})
        from evaluation where criterion = 'out_of_time_value'""",
        column="Of the chosen number",
        heading="What fewer segments lose",
    ),
    Claim(
        _NUMBER,
        "The knee is at {n}",
        "select arg_max(k, value) from evaluation where criterion = 'knee_distance'",
    ),
    Claim(
        _NUMBER,
        r"step from (?P<before>\d+) to (?P<k>\d+)(?: segments)?(?: lowers the inertia)? by {n}",
        f"{_DROP.format(k='$k::int')} and $before::int + 1 = $k::int",
    ),
    Claim(
        _NUMBER,
        r"silhouette of {n} segments(?: is|,) {n}",
        f"select {_CHOSEN}, value from evaluation where criterion = 'silhouette' and k = {_CHOSEN}",
    ),
    Claim(
        _NUMBER,
        "highest of all is {n}, at {n}",
        "select max(value), arg_max(k, value) from evaluation where criterion = 'silhouette'",
    ),
    Claim(
        _NUMBER,
        "rank correlations, get {n} when cut into {n}: the gain is {n}",
        f"""select max(value) filter (criterion = 'silhouette')
                - max(value) filter (criterion = 'silhouette_gain'),
            {_CHOSEN}, max(value) filter (criterion = 'silhouette_gain')
        from evaluation where k = {_CHOSEN}""",
    ),
    Claim(
        _NUMBER,
        "miss those of the real customers by {n}",
        "select any_value(null_correlation_error) from current",
    ),
    Claim(
        _NUMBER,
        "silhouette was computed on {n} customers",
        f"select ({SETTING.format(name='silhouette_rows')})::int",
    ),
    Claim(
        _NUMBER,
        r"highest point, {n}, at k = {n}; the chosen k = {n} has {n}",
        f"""select max(value), arg_max(k, value), {_CHOSEN}, max(value) filter (k = {_CHOSEN})
        from evaluation where criterion = 'silhouette'""",
    ),
    Claim(
        _NUMBER,
        "without segments, {n} at the chosen k",
        f"""select max(value) filter (criterion = 'silhouette')
            - max(value) filter (criterion = 'silhouette_gain')
        from evaluation where k = {_CHOSEN}""",
    ),
    Claim(_NUMBER, "(?:At k =|chosen k =|; k =) {n}", f"select {_CHOSEN}"),
    *(
        Claim(_NUMBER, f"{label} {{n}}(?=[;.])", _AT.format(k=_CHOSEN, name=name))
        for label, name in (
            ("Prediction strength", "prediction_strength"),
            ("Adjusted Rand index", "adjusted_rand"),
            ("Smallest Jaccard index", "smallest_jaccard"),
        )
    ),
    Claim(
        _NUMBER,
        "falling from {n} at k = {n} to {n} at k = {n}",
        """select arg_min(value, k), min(k), arg_max(value, k), max(k)
        from evaluation where criterion = 'inertia'""",
    ),
    Claim(
        _NUMBER,
        "number of segments: {n} at k = {n}, {n} at k = {n}, {n} at the chosen k = {n}",
        f"""select arg_min(value, k), min(k), arg_max(value, k), max(k),
            max(value) filter (k = {_CHOSEN}), {_CHOSEN}
        from evaluation where criterion = 'out_of_time_value'""",
    ),
    Claim(
        _NUMBER,
        r"^(?P<k>\d+)$",
        "select true from evaluation where k = $k::int and $k = $row",
        column="number of segments k",
    ),
    *(
        Claim(_NUMBER, "^{n}$", _AT.format(k="$row::int", name=name), column=column)
        for column, name in (
            ("Prediction strength", "prediction_strength"),
            ("Adjusted Rand index", "adjusted_rand"),
            ("Smallest Jaccard index", "smallest_jaccard"),
            ("share of the variance", "out_of_time_value"),
        )
    ),
    # The inertia and the silhouette have the same headings: of the two, one is below 1.
    Claim(
        _NUMBER,
        r"^(?P<shown>[\d,.]+)$",
        """select true from evaluation
        where k = $row::int and criterion in ('inertia', 'silhouette')
            and round(value, 3) = replace($shown, ',', '')::double""",
        column="these customers",
    ),
    Claim(
        _NUMBER,
        r"^(?P<shown>[\d,.]+)$",
        """select true from (
            select max(value) filter (criterion = 'silhouette')
                    - max(value) filter (criterion = 'silhouette_gain') as silhouette,
                max(value) filter (criterion = 'inertia')
                    * exp(max(value) filter (criterion = 'inertia_gain')) as inertia
            from evaluation where k = $row::int
        )
        where replace($shown, ',', '')::double in (round(silhouette, 3), round(inertia, 3))""",
        column="customers without segments",
    ),
    Claim(
        _NUMBER,
        "^{n}$",
        "select bootstrap_jaccard from current where segment_name = $row",
        column="Jaccard index",
    ),
)
