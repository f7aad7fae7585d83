"""What of the cohorts may be shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.kit.suppression import hidden_places
from pipeline.reporting.segment_report.cohorts.facts import Cohort


def told_cohorts(exact: tuple[Cohort, ...], policy: Policy) -> tuple[Cohort, ...]:
    """Return the cohorts without cells of few people.

    In public, the buyers of a month are known, and the cohorts add up to them: there further cells
    of the same month are hidden, until none can be worked out.
    """
    hidden = _hidden(exact, policy)
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


def _hidden(cohorts: tuple[Cohort, ...], policy: Policy) -> set[tuple[dt.date, dt.date]]:
    cells = {
        (cohort.month, one.month): one.buyer_count or 0
        for cohort in cohorts
        for one in cohort.months
    }
    sizes = {cohort.month: cohort.user_count or 0 for cohort in cohorts}
    if not policy.is_public:
        return {cell for cell, count in cells.items() if is_small(count, policy.minimum)}
    hidden = {cell for cell, count in cells.items() if policy.hides(count, sizes[cell[0]])}
    for month in {at for _, at in cells}:
        column = [cell for cell in cells if cell[1] == month]
        counts = [1 if cell in hidden else cells[cell] for cell in column]
        hidden |= {column[at] for at in hidden_places(counts, policy.minimum)}
    return hidden
