"""What of the campaigns may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.kit.suppression import hidden_places
from pipeline.reporting.segment_report.campaigns.facts import ALL, Campaign, Row

_GROUPS = ("treated", "control")
_COMPARED = (
    "difference", "difference_lower", "difference_upper", "uplift",
)  # fmt: skip
_NEEDED = {"buyer_rate": "buyer_needed_count", "mean_revenue": "revenue_needed_count"}


def told_campaigns(campaigns: tuple[Campaign, ...], policy: Policy) -> tuple[Campaign, ...]:
    """Return them without groups that are too small, and without what few of a group did."""
    return tuple(_told(campaign, policy) for campaign in campaigns)


def _told(campaign: Campaign, policy: Policy) -> Campaign:
    shown = tuple(row for row in campaign.after if _is_large(row, policy))
    if policy.is_public and len(shown) < len(campaign.after):
        # One that is hidden could be worked out from the others.
        shown = tuple(row for row in shown if row["group_id"] == ALL)
    before = tuple(
        row for row in campaign.before if _is_large(row, policy) and row["group_id"] == ALL
    )
    return replace(
        campaign,
        before=_without_few(before, policy),
        after=_without_few(shown, policy),
        hidden_count=len(campaign.after) - len(shown),
    )


def _is_large(row: Row, policy: Policy) -> bool:
    return min(row["treated_count"], row["control_count"]) >= policy.minimum


def _without_few(rows: tuple[Row, ...], policy: Policy) -> tuple[Row, ...]:
    """Return rows without the rates and the money of few buyers.

    In public, nor of few who did not buy, nor those of others from which such a number follows: the
    groups add up to all.
    """
    hidden = {
        row["group_id"]
        for row in rows
        for group in _GROUPS
        if policy.hides(_buyers(row, group), row[f"{group}_count"])
    }
    parts = [row for row in rows if row["group_id"] != ALL]
    if policy.is_public and ALL not in hidden:
        for group in _GROUPS:
            for counts in (
                [_buyers(row, group) for row in parts],
                [row[f"{group}_count"] - _buyers(row, group) for row in parts],
            ):
                hidden |= {parts[at]["group_id"] for at in hidden_places(counts, policy.minimum)}
    return tuple(_silent(row) if row["group_id"] in hidden else row for row in rows)


def _buyers(row: Row, group: str) -> int:
    return round((row[f"{group}_buyer_rate"] or 0) * row[f"{group}_count"])


def _silent(row: Row) -> Row:
    names = [f"{figure}_{end}" for figure in _NEEDED for end in _COMPARED]
    names += [f"{group}_{figure}" for group in _GROUPS for figure in ("buyer_rate", "revenue")]
    return {**row, **dict.fromkeys([*names, *_NEEDED.values()])}
