"""What the model reads, what sets its segments apart, and how sure it is."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote

_DIFFER = "How they differ"
_RULES = "In plain rules"
_SURE = "How sure is a label"
_READING = "Why these features"
_METHOD = "How the model was trained"
_DRIFT = "Has the data moved"

DIFFER_CLAIMS = (
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
        "^{n}$",
        """select
            coalesce((median(value) filter (segment_name = $column) - median(value)) / coalesce(
                nullif(quantile_cont(value, 0.9) - quantile_cont(value, 0.1), 0),
                nullif(stddev_pop(value), 0)
            ), 0),
            count(*) filter (segment_name = $column)
        from long
        where feature = (select code from labels where kind = 'feature' and label = $row)""",
        column=".+",
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
RULES_CLAIMS = (
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

SETTING = "select any_value(settings)->>'{name}' from current"
_LONG = """from marts.int_early_segments as early
join marts.int_long_histories as histories using (user_id)
join marts.int_early_segments as final
    on final.user_id = early.user_id and final.seen_event_count = histories.event_count
where final.segment_id is not null and early.seen_event_count < histories.event_count"""
_AGREED = "avg((early.segment_id is not distinct from final.segment_id)::int)"
_BELOW = "from people where unsegmented_reason = 'too_few_events'"
_BETWEEN = "confidence < 0.1"
SURE_CLAIMS = (
    Claim(
        _SURE, "at least {n} events\\. Below", f"select ({SETTING.format(name='min_events')})::int"
    ),
    Claim(
        _SURE,
        "a single event is more than {n}",
        f"select 1.0 / ({SETTING.format(name='min_events')})::int",
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
        and early.seen_event_count <= ({SETTING.format(name="min_events")})::int""",
    ),
    Claim(
        _SURE,
        r"At (?:the threshold of )?(?P<events>\d+) events, (?:the last point before the threshold"
        r" of {n}, )?{n} of them \({n} to {n}\)",
        f"""select ({SETTING.format(name="min_events")})::int, {_AGREED},
            wilson({_AGREED}, count(*), -1), wilson({_AGREED}, count(*), 1)
        {_LONG} and early.seen_event_count = $events::int""",
    ),
    Claim(
        _SURE,
        "(?:At the threshold of|At) {n} events",
        f"""select max(seen) from (
            select early.seen_event_count as seen, count(*) as users,
                count(*) filter (early.segment_id = final.segment_id) as agreed
            {_LONG} and early.seen_event_count <= ({SETTING.format(name="min_events")})::int
            group by all
        )
        where agreed not between 1 and $minimum - 1
            and not ($is_public and users - agreed between 1 and $minimum - 1)""",
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
    Claim(
        _SURE,
        "^(?P<events>\\d+)$",
        f"select true {_LONG} and early.seen_event_count = $events::int and $events = $row limit 1",
        column="events seen.*",
    ),
    Claim(
        _SURE,
        "^{n}$",
        f"""select {_AGREED}, count(*) filter (early.segment_id = final.segment_id)
        {_LONG} and early.seen_event_count = $row::int""",
        column="share with the final label",
    ),
    Claim(_SURE, "threshold is at {n}", f"select ({SETTING.format(name='min_events')})::int"),
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

INPUT = "(select max(code) from labels where kind = 'input' and label = {label})"
_STABILITY = """from marts.feature_stability where feature_name in (
    select unnest(feature_names) from (from current limit 1)
)"""
_LATEST_PSI = "arg_max(psi, later_date)"
READING_CLAIMS = (
    Claim(
        _READING,
        "The model reads {n} of",
        "select len(any_value(feature_names)) - len(any_value(constant_features)) from current",
    ),
    Quote(_READING, "select text from meanings"),
    Claim(
        _READING,
        "“(?P<first>[^”]+)” and “(?P<second>[^”]+)”, (?:with )?{n}",
        f"""select corr(one.place, other.place)
        from ranks as one join ranks as other on one.user_id = other.user_id
        where one.name = {INPUT.format(label="$first")}
            and other.name = {INPUT.format(label="$second")}""",
    ),
    Claim(_READING, "or of {n} of them drawn", "select 20000"),
    Claim(_READING, "Above {n}, in either direction", "select 0.9"),
    Claim(
        _READING,
        "^{n}$",
        f"""select arg_max(rho, abs(rho)) from (
            select corr(one.place, other.place) as rho
            from ranks as one join ranks as other on one.user_id = other.user_id
            where one.name = {INPUT.format(label="$row")} and other.name <> one.name
                and other.name in (select unnest(feature_names) from (from current limit 1))
            group by other.name
        ) where isfinite(rho)""",
        column="Correlation",
    ),
    Claim(
        _READING,
        "^{n}$",
        f"""select {_LATEST_PSI} from marts.feature_stability
        where feature_name = {INPUT.format(label="$row")}""",
        column="PSI, last two months",
    ),
    Claim(
        _READING,
        "^{n}$",
        f"""select max(psi) from marts.feature_stability
        where feature_name = {INPUT.format(label="$row")}""",
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
    *(
        Claim(
            _READING,
            place,
            f"""select case
                when any_value(name) like 'log_%' then exp(quantile_cont(value, {share})) - 1
                when any_value(name) like 'ln_%' then exp(quantile_cont(value, {share}))
                else quantile_cont(value, {share})
            end from ranks where name = {INPUT.format(label="$row")}""",
            column="Bounds",
        )
        for place, share in (("^{n} to", 0.005), ("to {n}$", 0.995))
    ),
)

METHOD_CLAIMS = (
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
        r"^(?P<number>\d+)$",
        "select true from current where $number = $row"
        " and $number::int <= len(explained_variance_ratios)",
        column="component",
    ),
    *(
        Claim(_METHOD, "^{n}$", f"select {share} from current limit 1", column=column)
        for column, share in (
            ("share of the variance", "explained_variance_ratios[$row::int]"),
            ("cumulative", "list_sum(explained_variance_ratios[1:$row::int])"),
        )
    ),
    Claim(
        _METHOD,
        "reach the threshold of {n}",
        f"select ({SETTING.format(name='explained_variance')})::double",
    ),
)

DRIFT_CLAIMS = (
    *(
        Claim(
            _DRIFT,
            "^{n}$",
            f"""select {measure} from marts.feature_drift
            where feature_name = {INPUT.format(label="$row")}""",
            column=column,
        )
        for column, measure in (("PSI", "psi"), ("By chance, at most", "noise"))
    ),
    Claim(
        _DRIFT,
        r"“(?P<label>[^”]+)” \({n}\)",
        f"select psi from marts.feature_drift where feature_name = {INPUT.format(label='$label')}",
    ),
    Claim(_DRIFT, "highest index is {n}", "select max(psi) from marts.feature_drift"),
)
