"""What of the cohorts may be shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.kit.suppression import hidden_places
from pipeline.reporting.segment_report.cohorts.facts import Cohort

# A cohort, and the month in which some of it bought; its first month is that of all of it.
_Cell = tuple[dt.date, dt.date]


def told_cohorts(
    exact: tuple[Cohort, ...], policy: Policy, *, is_total_known: bool = True
) -> tuple[Cohort, ...]:
    """Return the cohorts without cells of few people.

    In public, the buyers of a month are known, and the cohorts add up to them: there further cells
    of the same month are hidden, until none can be worked out. The cohorts themselves add up to all
    buyers, who are known, or may not be (not `is_total_known`), and whoever did not come back is
    what is left of a cohort: where one of them has a size that may not be told, nothing is.
    """
    hidden = _hidden(exact, policy, is_total_known)
    return tuple(
        replace(
            cohort,
            user_count=None if (cohort.month, cohort.month) in hidden else cohort.user_count,
            months=tuple(
                replace(one, buyer_count=None, revenue=None)
                if (cohort.month, one.month) in hidden
                or is_small(cohort.user_count or 0, policy.minimum)
                else one
                for one in cohort.months
            ),
        )
        for cohort in exact
    )


def _hidden(cohorts: tuple[Cohort, ...], policy: Policy, is_total_known: bool) -> set[_Cell]:
    cells = {
        (cohort.month, one.month): one.buyer_count or 0
        for cohort in cohorts
        for one in cohort.months
    }
    sizes = {cohort.month: cohort.user_count or 0 for cohort in cohorts}
    if not policy.is_public:
        return {cell for cell, count in cells.items() if is_small(count, policy.minimum)}
    if not is_total_known or any(is_small(size, policy.minimum) for size in sizes.values()):
        return set(cells)
    hidden = {cell for cell, count in cells.items() if policy.hides(count, sizes[cell[0]])}
    for month in {at for _, at in cells}:
        line = [cell for cell in cells if cell[1] == month]
        also = {at for at, cell in enumerate(line) if cell in hidden}
        counts = [cells[cell] for cell in line]
        hidden |= {line[at] for at in hidden_places(counts, policy.minimum, also=also)}
    return set(cells) if any((at, at) in hidden for at in sizes) else hidden
