"""What of the character of a segment may be shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy, is_small
from pipeline.reporting.segment_report.audience import Part, Parts
from pipeline.reporting.segment_report.features import population
from pipeline.reporting.segment_report.pages.facts import Character, Favourite, Hour
from pipeline.reporting.segment_report.pages.told_states import told_states
from pipeline.reporting.segment_report.profiles.facts import Trait


def told_characters(
    exact: dict[int, Character], parts: Parts, policy: Policy, untold: Collection[str] = ()
) -> dict[int, Character]:
    """Return the characters of the segments that are no small groups.

    `untold` are the states whose size, of all customers, is hidden.
    """
    shown = {
        at: one
        for at, one in exact.items()
        if at in parts.segments and not is_small(parts.segments[at].user_count, policy.minimum)
    }
    states = told_states(shown, parts, policy, untold)
    return {
        at: replace(
            one,
            hours={when: _hour(hour, policy) for when, hour in one.hours.items()},
            states=states[at],
            categories=_favourites(one.categories, parts.segments[at], policy),
            brands=_favourites(one.brands, parts.segments[at], policy),
            contrasts=_contrasts(one.contrasts, parts.segments[at], parts.labelled, policy),
            prices=_contrasts(one.prices, parts.segments[at], parts.labelled, policy),
        )
        for at, one in shown.items()
    }


def _hour(exact: Hour, policy: Policy) -> Hour:
    return replace(exact, share=None) if is_small(exact.user_count, policy.minimum) else exact


def _favourites(exact: tuple[Favourite, ...], part: Part, policy: Policy) -> tuple[Favourite, ...]:
    """Return what enough members looked at; in public, also enough that did not."""
    return tuple(one for one in exact if not policy.hides(one.user_count, part.user_count))


def _contrasts(
    exact: tuple[Trait, ...], part: Part, labelled: Part, policy: Policy
) -> tuple[Trait, ...]:
    """Return medians that are those of enough people, of the segment and of the buyers."""
    if is_small(labelled.buyer_count, policy.minimum):
        return ()
    groups = {"everyone": part.user_count, "buyers": part.buyer_count, "carters": part.carter_count}
    return tuple(
        one for one in exact if not is_small(groups[population(one.feature)], policy.minimum)
    )
