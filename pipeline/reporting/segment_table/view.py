"""The lines of segments in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.segment_table.facts import SegmentLine

_HEADINGS = ("name", "customers", "revenue_share", "bought", "change")


@dataclass(frozen=True)
class SegmentTable:
    """A table whose first column is text and whose others are numbers, with remarks below."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]


def segment_table(lines: Sequence[SegmentLine], language: str, minimum: int) -> SegmentTable:
    """Return the lines as a table in one language; empty where there is no segment.

    Parameters
    ----------
    lines : sequence of SegmentLine
    language : str
    minimum : int
        A smaller group is called so.
    """
    words, numbers = Catalogue(language, "segment_table"), NumberFormat(language)
    return SegmentTable(
        tuple(words.text(key) for key in _HEADINGS),
        tuple(
            (
                line.name,
                words.text("fewer", minimum=minimum)
                if line.user_count is None
                else numbers.integer(line.user_count),
                numbers.percent(line.revenue_share),
                numbers.percent(line.buyer_rate),
                _signed(numbers, line.change),
            )
            for line in lines
        ),
        _remarks(lines, words, numbers),
    )


def _signed(numbers: NumberFormat, change: float | None) -> str:
    if change is None:
        return numbers.percent(None)
    return f"{'+' if change > 0 else ''}{numbers.percent(change)}"


def _remarks(
    lines: Sequence[SegmentLine], words: Catalogue, numbers: NumberFormat
) -> tuple[str, ...]:
    """Say of which months the columns are."""
    if not lines:
        return ()
    found = []
    if (snapshot_date := lines[0].value_date) is not None:
        found.append(words.text("bought_remark", snapshot_date=numbers.date(snapshot_date)))
    if (snapshot_date := lines[0].former_date) is not None:
        found.append(words.text("change_remark", snapshot_date=numbers.date(snapshot_date)))
    return tuple(found)
