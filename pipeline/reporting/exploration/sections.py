"""All sections of the exploration, in the chapters and the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.reporting.exploration.section import Section


@dataclass(frozen=True)
class ChapterPlan:
    """A chapter: its key, and the folders of its sections."""

    key: str
    folders: tuple[str, ...]


#: The class of each section is `View` in the module `view` of its folder, see `section.Section`.
CHAPTERS = (
    ChapterPlan("chapter_files", ("files", "columns", "mapping")),
    ChapterPlan("chapter_cleaning", ("refusals", "duplicates")),
    ChapterPlan("chapter_time", ("timing",)),
    ChapterPlan("chapter_users", ("funnel", "activity", "sessions", "correlations")),
    ChapterPlan("chapter_goods", ("prices", "popular")),
)
FOLDERS = tuple(folder for chapter in CHAPTERS for folder in chapter.folders)
_HERE = "pipeline.reporting.exploration"


def section_in(folder: str) -> type[Section]:
    """Return the section of a folder."""
    found: type[Section] = import_module(f"{_HERE}.{folder}.view").View
    return found


@cache
def all_sections() -> tuple[type[Section], ...]:
    """Return the sections of the exploration."""
    return tuple(map(section_in, FOLDERS))
