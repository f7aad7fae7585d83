"""Users with at least one event of each type."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.reporting.exploration.section import Rows, share, shown


@dataclass(frozen=True)
class FunnelStep:
    """Users with at least one event of a type; None where they are too few to be shown."""

    event_type: str
    user_count: int | None
    user_share: float | None


def gather_funnel(rows: Rows) -> list[FunnelStep]:
    """Return the steps from a view to a purchase."""
    steps = []
    for event_type, count in rows.users.items():
        if event_type == "all" or (event_type == "other" and not count):
            continue
        told = shown(count, rows.min_group_size)
        part = None if told is None else share(count, rows.users["all"])
        steps.append(FunnelStep(event_type, told, part))
    return steps
