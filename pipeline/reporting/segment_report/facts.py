"""Everything the report says, as one tree of plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.audience import Audience
from pipeline.reporting.segment_report.data.facts import Ledger
from pipeline.reporting.segment_report.method.facts import Model
from pipeline.reporting.segment_report.profiles.facts import Segment


@dataclass(frozen=True)
class Facts:
    """The whole report, before any word or picture. No id of a person is in it.

    What several sections read has a field; what one alone reads, it gathers itself.
    """

    is_synthetic: bool
    policy: Policy
    min_events: int
    between_confidence: float  # below it, a customer lies between two segments
    as_of: dt.date  # the first day that the features do not see
    audience: Audience
    ledger: Ledger
    model: Model
    segments: tuple[Segment, ...]
    scatter: dict[int, tuple[tuple[float, float], ...]]
    sections: Mapping[str, Any]  # what one section alone reads, by its key

    @property
    def min_group_size(self) -> int:
        """No group of fewer people is shown."""
        return self.policy.minimum

    def having(self, **changes: Any) -> Facts:
        """Return the facts with other ones of some sections, by their keys."""
        return replace(self, sections={**self.sections, **changes})
