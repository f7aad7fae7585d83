"""All sections of the report, in the chapters and the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.reporting.segment_report.section import Section


@dataclass(frozen=True)
class ChapterPlan:
    """A chapter: its key, the folders of its sections, and which of them are folded.

    The class of each section is `View` in the module `view` of its folder, see `section.Section`.
    """

    key: str
    folders: tuple[str, ...]
    folded: tuple[str, ...] = ()
    has_lead: bool = False


_EVIDENCE = ("value", "number_of_segments", "label_stability", "model_features", "method", "drift")

CHAPTERS = (
    ChapterPlan("chapter_now", ("changes", "money")),
    ChapterPlan(
        "chapter_segments",
        ("profiles", "pages", "campaigns", "campaign_tests", "differences", "rules"),
        folded=("campaigns", "campaign_tests", "differences", "rules"),
    ),
    ChapterPlan("chapter_time", ("cohorts", "lifecycle", "migrations")),
    ChapterPlan("chapter_evidence", _EVIDENCE, folded=_EVIDENCE, has_lead=True),
    ChapterPlan("chapter_data", ("data", "glossary"), folded=("glossary",)),
)
#: The folder of each section; gathered in this order, so that one may read those before it.
FOLDERS = (
    "migrations",
    "drift",
    "changes",
    "money",
    "profiles",
    "pages",
    "value",
    "campaigns",
    "campaign_tests",
    "differences",
    "rules",
    "cohorts",
    "lifecycle",
    "number_of_segments",
    "label_stability",
    "model_features",
    "method",
    "data",
    "glossary",
)
_HERE = "pipeline.reporting.segment_report"


def section_in(folder: str) -> type[Section]:
    """Return the section of a folder."""
    found: type[Section] = import_module(f"{_HERE}.{folder}.view").View
    return found


@cache
def all_sections() -> tuple[type[Section], ...]:
    """Return the sections of the report."""
    return tuple(map(section_in, FOLDERS))
