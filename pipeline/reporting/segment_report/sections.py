"""All sections of the report, in the order in which they are read."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.reporting.segment_report.section import Section

#: The folder of each; its class is `View` in the module `view`, see `section.Section`.
FOLDERS = (
    "profiles",
    "lifecycle",
    "value",
    "campaign_tests",
    "migrations",
    "differences",
    "rules",
    "label_stability",
    "number_of_segments",
    "model_features",
    "method",
    "drift",
    "data",
    "glossary",
)
_HERE = "pipeline.reporting.segment_report"


@cache
def all_sections() -> tuple[type[Section], ...]:
    """Return the sections of the report."""
    return tuple(import_module(f"{_HERE}.{name}.view").View for name in FOLDERS)
