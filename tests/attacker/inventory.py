"""What becomes of every number that is published: the attacker reads it, or it says of no few.

A number at a place that no entry speaks of fails the test: give the attacker what it says, or write
down why it cannot hold a small group.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tests.attacker.everybody import BOUGHT, CARTED
from tests.every_number.check import NUMBER
from tests.every_number.claims import WORDS
from tests.every_number.printed import Place

_LINES = "Lines, events and files are no people."
_MODEL = "A figure of the model as a whole, over all who trained it, with too many unknowns."
_MEDIAN = "The median of a group that may be shown, among those who have the feature."
_REPEATED = "Computed from the share and the number that stand beside it."
_VISITS = "A share of visits, not of people, in hours in which enough people came."
_EVENTS = "A share of events, of what enough people looked at, and enough did not."
_OF_A_MONTH = "Orders and money of all who bought in a month, where these are enough."
_SETTING = "A setting, or a word."
_HELD_OUT = "What a grouping explains of all outcomes: one figure of as many as there are people."
_KEPT = "Money of a cohort as a share of other money; told where the numbers of buyers are."


@dataclass(frozen=True)
class Entry:
    """Numbers of one kind: where they stand, and why the attacker may pass them over, if it does.

    `column` is "" for texts that are no cells; `pattern` is what covers the numbers in them.
    """

    section: str
    column: str = ""
    pattern: str = ".*"
    heading: str = ".*"
    row: str = ".*"
    why_not: str = ""

    def covers(self, place: Place, start: int, end: int) -> bool:
        """Tell whether this entry speaks of a number of a text."""
        return bool(
            re.fullmatch(self.section, place.section)
            and re.fullmatch(self.heading, place.heading)
            and re.fullmatch(self.row, place.row)
            and re.fullmatch(self.column, place.column)
            and any(
                match.start() <= start and end <= match.end()
                for match in re.finditer(self.pattern, place.text)
            )
        )


_SEGMENT = "Segment “.+”"
_VALUE, _SURE = "What a segment is worth next month", "How sure is a label"
READ = (
    # The head.
    Entry("", "", r"^(?:about )?\S+ (?:with a segment|customers|orders|revenue)"),
    Entry("What changed", r"[A-Z]\w+ \d{4}", row="Customers who .*"),
    Entry("What changed", "", "^(?:Grew|Shrank) since .*"),
    Entry("The segments", "Customers|Share|Revenue|Revenue share|Lift|Bought|Per customer"),
    Entry(_SEGMENT, "", BOUGHT),
    Entry(_SEGMENT, "", CARTED),
    Entry(_SEGMENT, "Customers|Share", heading="Where its customers stand"),
    Entry(_SEGMENT, "Customers from there|Customers there now"),
    Entry("What campaigns changed", "Got it|Left alone|Buyers of those .*"),
    Entry("In plain rules", "Precision|Recall"),
    Entry("Who came back", r"Customers|\+\d+ months", heading="Who bought again"),
    Entry("Where every customer stands", "Customers|Share"),
    Entry("Where every customer stands", "", "on two days or more: .*"),
    Entry("Where every customer stands", "", "^Automatic traffic .*"),
    Entry("Where every customer stands", "Prospect|New|Active|At risk|Lapsed|Lost"),
    Entry("Who moved", ".+", heading="From .*"),
    Entry(_VALUE, "Customers then|Bought next month|Came back"),
    Entry("How many segments", ".+", row="Inertia|Calinski-Harabasz", heading="Every figure.*"),
    Entry(_SURE, "share with the final label|Between two|Share of the segment"),
    Entry(_SURE, "", r"^\S+ customers(?: with at least|, \S+ of those with a segment)"),
    Entry("The data", "Customers|Share of customers", heading="Customers without a segment"),
    Entry("The data", "Revenue", heading="The revenue, step by step"),
)
HARMLESS = (
    Entry("", "", r"[\d,]+ lines from .*", why_not=_LINES),
    Entry("", "", r"^\S+ segments?$", why_not=_SETTING),
    Entry("", "", "no group of fewer than .*", why_not=_SETTING),
    Entry("What changed", "Change on .*", why_not=_REPEATED),
    Entry("What changed", r"[A-Z]\w+ \d{4}", row="Orders|Revenue", why_not=_OF_A_MONTH),
    Entry("What changed", "", r"^\S+ (?:customers who|orders|revenue).*", why_not=_REPEATED),
    Entry("Where the money is", why_not=_REPEATED),
    Entry("Where the money is", "Share|Revenue share", why_not=_REPEATED),
    Entry("The segments", heading=".*", pattern="^(?:Holds|Size today).*", why_not=_REPEATED),
    Entry("The segments", "", r"^[^:]+: [+\u2212]?\d.*(?:above|below) \(.*", why_not=_MEDIAN),
    Entry("The segments", "", r"fewer than \d+ .*|Fewer than .*", why_not=_SETTING),
    Entry("The segments", "", "Why it is called so.*|[^:]*have bought.*", why_not=_REPEATED),
    Entry("The segments", "", r"; .*?median.*|median: .*|at most .*", why_not=_MEDIAN),
    Entry(_SEGMENT, "", "^(?:Holds|Size today|A fair test|What the).*", why_not=_REPEATED),
    Entry(_SEGMENT, "", r"^\S+ (?:customers|revenue|times the|bought).*", why_not=_REPEATED),
    Entry(_SEGMENT, "", "^[^:]+: .*(?:above|below) .*", why_not=_MEDIAN),
    Entry(_SEGMENT, "", r"(?:median|Among segments).*", why_not=_MEDIAN),
    Entry(_SEGMENT, "", r"\d+% of what they do", why_not=_EVENTS),
    Entry(_SEGMENT, "", ".*fewer than .*|.*Fewer than .*", why_not=_SETTING),
    Entry(_SEGMENT, "", r".*has most visits.*|.*busiest hour.*", why_not=_VISITS),
    Entry(_SEGMENT, ".+day", why_not=_VISITS),
    Entry(_SEGMENT, "Of its events.*|Of everyone's.*|Category|Brand", why_not=_EVENTS),
    Entry(_SEGMENT, "Of this segment|Of all buyers", why_not=_MEDIAN),
    Entry(_SEGMENT, "This segment|95% interval|All with a segment", why_not=_REPEATED),
    Entry("What campaigns changed", "Difference.*", why_not=_REPEATED),
    Entry("What campaigns changed", "|Segment", why_not=_REPEATED),
    Entry("What a fair test needs", why_not=_REPEATED),
    Entry("What a fair test needs", ".+", why_not=_REPEATED),
    Entry("How they differ", why_not=_MEDIAN),
    Entry("How they differ", ".+", why_not=_MEDIAN),
    Entry("In plain rules", "", ".*It gives .*|.*fewer than .*", why_not=_MODEL),
    Entry("In plain rules", "Rule", why_not=_SETTING),
    Entry("In plain rules", ".+", heading="What sets .*|Every feature.*", why_not=_MODEL),
    Entry("Who came back", "", "^Of those who first bought .*", why_not=_REPEATED),
    Entry("Who came back", "", "^“.*|^[^a-z]*Nothing .*|.*fewer than .*", why_not=_SETTING),
    Entry("Who came back", ".+", heading="How much of the revenue was kept", why_not=_KEPT),
    Entry("Where every customer stands", "", r".*rhythm of \S+ days|.*fewer than \d+\.",
          why_not=_MEDIAN),
    Entry("Where every customer stands", "", "^Nobody has ordered on two days.*",
          why_not=_SETTING),
    Entry("Where every customer stands", "Last order", why_not=_SETTING),
    Entry("Where every customer stands", "Share of revenue", why_not=_REPEATED),
    Entry("Who moved", "", ".*", why_not=_REPEATED),
    Entry(_VALUE, "95% interval.*|Times the average.*|Revenue per customer", why_not=_REPEATED),
    Entry(_VALUE, r"\d{4}-\d\d-\d\d", why_not=_REPEATED),
    Entry(_VALUE, ".*RFM.*|These segments|Gradient boosting", why_not=_HELD_OUT),
    Entry(_VALUE, why_not=_REPEATED),
    Entry("How many segments", why_not=_MODEL),
    Entry("How many segments", ".+", why_not=_MODEL),
    Entry(_SURE, "", why_not=_REPEATED),
    Entry(_SURE, "events seen .*", why_not=_SETTING),
    Entry("Why these features|Has the data moved|How the model was trained", why_not=_MODEL),
    Entry("Why these features|Has the data moved|How the model was trained", ".+",
          why_not=_MODEL),
    Entry("The data", ".+", heading="What was (?:loaded|rejected).*", why_not=_LINES),
    Entry("The data", "", why_not=_LINES),
    Entry("The data", "Reason|Share of revenue", why_not=_SETTING),
    Entry("Glossary of the features", why_not=_SETTING),
    Entry("Glossary of the features", ".+", why_not=_SETTING),
)  # fmt: skip


def unlisted(places: Sequence[Place], entries: Sequence[Entry] = READ + HARMLESS) -> list[str]:
    """Return the numbers that no entry speaks of."""
    return [
        f"{match.group()!r} at {place}"
        for place in places
        for match in numbers_in(place)
        if not any(entry.covers(place, *match.span()) for entry in entries)
    ]


def numbers_in(place: Place) -> list[re.Match[str]]:
    """Return the numbers of a text that say something of the data."""
    words = [match.span() for word in WORDS for match in re.finditer(word, place.text)]
    return [
        match
        for match in re.finditer(NUMBER, place.text)
        if place.text != place.column
        and not any(start <= match.start() and match.end() <= end for start, end in words)
    ]
