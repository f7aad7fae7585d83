"""What changed, and who came back."""

from __future__ import annotations

from tests.every_number.check import Claim

_CHANGES = "What changed"
_COHORTS = "Who came back"
_MEASURES = "customers who came|customers who bought|orders|revenue"
_LATEST = "(select max(visit_month) from monthly where is_whole)"
_AGAINST = f"""from monthly as latest join monthly as former using (label)
where latest.visit_month = {_LATEST}"""

CHANGES_CLAIMS = (
    Claim(
        _CHANGES,
        f"^{{n}} (?P<label>{_MEASURES})",
        f"""select value, people, others from monthly
        where lower(label) = $label and visit_month = {_LATEST}""",
    ),
    Claim(
        _CHANGES,
        rf"^\S+ (?P<label>{_MEASURES});? {{n}} on (?P<month>\w+ \d{{4}})$",
        f"""select latest.value / former.value - 1, latest.people, former.people {_AGAINST}
            and lower(label) = $label and former.name = $month""",
    ),
    Claim(
        _CHANGES,
        "^{n}$",
        "select value, people, others from monthly where name = $column and label = $row",
        column=r"[A-Z]\w+ \d{4}",
    ),
    Claim(
        _CHANGES,
        "^{n}$",
        f"""select latest.value / former.value - 1, latest.people, former.people {_AGAINST}
            and label = $row and former.name = regexp_extract($column, 'Change on (.+)', 1)""",
        column="Change on .+",
    ),
    Claim(
        _CHANGES,
        r"(?:: |; )(?P<name>[^;:%]+) {n}(?=[;.])",
        """with snapshots as (select distinct former_date from ways),
        latest as (
            select * from ways
            where later_date = (select max(later_date) from ways)
                and former_date = (select max(former_date) from snapshots)
        )
        select count(*) filter (went_to = $name) / count(*) filter (came_from = $name) - 1,
            count(*) filter (went_to = $name), count(*) filter (came_from = $name)
        from latest""",
    ),
)

_AFTER = "place = regexp_extract($column, '\\d+')::int"
COHORT_CLAIMS = (
    Claim(
        _COHORTS,
        r"first bought in (?P<month>\w+ \d{4}), {n} bought again in the month after",
        """select count(*) filter (has_bought and place = 1) / count(distinct user_id),
            count(*) filter (has_bought and place = 1)
        from cohort_visits where cohort = $month""",
    ),
    Claim(
        _COHORTS,
        "^{n}$",
        "select count(distinct user_id), count(distinct user_id) from cohort_visits"
        " where cohort = $row",
        column="Customers",
    ),
    Claim(
        _COHORTS,
        "^{n}$",
        f"""select count(*) filter (has_bought and {_AFTER}) / count(distinct user_id),
            count(*) filter (has_bought and {_AFTER}), count(distinct user_id)
        from cohort_visits where cohort = $row""",
        column=r"\+\d+ months",
        heading="Who bought again",
    ),
    Claim(
        _COHORTS,
        "^{n}$",
        f"""select coalesce(sum(revenue) filter ({_AFTER}), 0)
                / sum(revenue) filter (place = 0)::double,
            count(*) filter (has_bought and {_AFTER}), count(distinct user_id)
        from cohort_visits where cohort = $row""",
        column=r"\+\d+ months",
        heading="How much of the revenue",
    ),
)
