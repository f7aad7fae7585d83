"""The activity of users in a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.activity.facts import Activity, gather_activity
from pipeline.reporting.exploration.described import DescribedNumbers
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.kit.blocks import Block


class View(Section):
    """Writes how active users are."""

    key = "activity"
    own: Activity

    @classmethod
    def gather(cls, rows: Rows, /) -> Activity:
        """Return events and days per user."""
        return gather_activity(rows)

    @classmethod
    def data(cls, own: Activity, /) -> dict[str, Any]:
        """Return both distributions as keys of their own."""
        return asdict(own)

    def blocks(self) -> list[Block]:
        """Return the section."""
        shown = {
            self.text("events_per_user"): self.own.events_per_user,
            self.text("days_per_user"): self.own.days_per_user,
        }
        return [DescribedNumbers(self).table(shown), self.remark("activity_note")]
