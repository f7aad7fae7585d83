"""What of the features of the model may be shown."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.disclosure import Policy
from pipeline.reporting.segment_report.model_features.facts import Reading


def told_reading(exact: Reading, policy: Policy) -> Reading:
    """Return the features; a bound beyond which few lie may be the figure of one of them."""
    if exact.beyond_bounds >= policy.minimum:
        return exact
    return replace(exact, columns=tuple(replace(one, bounds=None) for one in exact.columns))
