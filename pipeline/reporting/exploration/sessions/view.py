"""The sessions in a table."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pipeline.reporting.exploration.described import DescribedNumbers
from pipeline.reporting.exploration.section import Rows, Section
from pipeline.reporting.exploration.sessions.facts import Sessions, gather_sessions
from pipeline.reporting.kit.blocks import Block


class View(Section):
    """Writes how many events sessions have, and how long they take."""

    key = "sessions"
    own: Sessions

    @classmethod
    def gather(cls, rows: Rows, /) -> Sessions:
        """Return the sessions."""
        return gather_sessions(rows)

    @classmethod
    def data(cls, own: Sessions, /) -> dict[str, Any]:
        """Return both distributions as keys of their own."""
        return asdict(own)

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where no row has a session."""
        if not self.own.events_per_session.count:
            return [self.paragraph("sessions_none")]
        shown = {
            self.text("events_per_session"): self.own.events_per_session,
            self.text("minutes_per_session"): self.own.minutes_per_session,
        }
        return [DescribedNumbers(self).table(shown), self.remark("sessions_note")]
