"""What a campaign changed, in the words of one language: two tables and what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.numbers import NumberFormat

#: Group ids that are no segment.
ALL, NO_SEGMENT = "all", "none"
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Measured:
    """A campaign and what was measured of it.

    Attributes
    ----------
    rows : of `marts.campaign_results`
    segment_names : of each segment, in the language of the answer, by its id as a text
    """

    name: str
    starts_on: date
    planned_day_count: int
    rows: Sequence[Row]
    segment_names: Mapping[str, str]


@dataclass(frozen=True)
class ResultTable:
    """A table whose first column is text and whose others are numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Answer:
    """What is shown, from above to below."""

    title: str
    tables: tuple[ResultTable, ...]
    remarks: tuple[str, ...]


def answer(measured: Measured, language: str, minimum: int) -> Answer:
    """Return buyers and revenue of treated and control, what they say, and the balance before.

    Parameters
    ----------
    minimum : int
        Of a segment with fewer in one of the groups no figure is shown.
    """
    words = Catalogue(language, "campaign_result")
    after = [row for row in measured.rows if row["period"] == "after"]
    everybody = next(row for row in after if row["group_id"] == ALL)
    before = next(
        row for row in measured.rows if (row["period"], row["group_id"]) == ("before", ALL)
    )
    subjects = (_Buyers(words), _Revenue(words))
    return Answer(
        _title(measured, everybody, words),
        tuple(_table(subject, after, measured.segment_names, minimum) for subject in subjects),
        (*(_verdict(subject, everybody) for subject in subjects), _balance(subjects[0], before)),
    )


class _Subject:
    """Buyers or revenue: the key of its texts, the columns that hold it, how it is written."""

    key: str
    figure: str
    needed: str

    def __init__(self, words: Catalogue) -> None:
        self.words, self.numbers = words, NumberFormat(words.language)

    def text(self, key: str, /, **values: object) -> str:
        """Return a text of this subject."""
        return self.words.text(f"{self.key}_{key}", **values)

    def written(self, value: float | None) -> str:
        """Return a figure as a text; nothing where there is none."""
        raise NotImplementedError

    def difference(self, value: float) -> str:
        """Return a difference as a text, with its sign."""
        raise NotImplementedError

    def limits(self, row: Row) -> tuple[float, float] | None:
        """Return the limits of the difference, where it has any."""
        lower, upper = (row[f"{self.figure}_difference_{side}"] for side in ("lower", "upper"))
        return None if lower is None else (lower, upper)

    def interval(self, row: Row) -> str:
        """Return these limits as a text; nothing where there are none."""
        limits = self.limits(row)
        if limits is None:
            return ""
        lower, upper = map(self.difference, limits)
        return self.words.text("interval", lower=lower, upper=upper)

    def signed(self, value: float, digits: int = 2) -> str:
        """Return a number with its sign."""
        return f"{'+' if value >= 0 else ''}{self.numbers.decimal(value, digits)}"


class _Buyers(_Subject):
    key, figure, needed = "buyers", "buyer_rate", "buyer_needed_count"

    def written(self, value: float | None) -> str:
        if value is None:
            return ""
        return self.words.text("percent", share=self.numbers.decimal(100 * value))

    def difference(self, value: float) -> str:
        return self.signed(100 * value)


class _Revenue(_Subject):
    key, figure, needed = "revenue", "mean_revenue", "revenue_needed_count"

    def written(self, value: float | None) -> str:
        return "" if value is None else self.numbers.decimal(value)

    def difference(self, value: float) -> str:
        return self.signed(value)


def _title(measured: Measured, row: Row, words: Catalogue) -> str:
    days, planned = row["day_count"], measured.planned_day_count
    return words.counted(
        "title" if days == planned else "title_so_far",
        days,
        name=measured.name,
        days=days,
        planned=planned,
        start=NumberFormat(words.language).date(measured.starts_on),
    )


def _table(
    subject: _Subject, rows: Sequence[Row], names: Mapping[str, str], minimum: int
) -> ResultTable:
    words = subject.words
    headings = (
        words.text("segment"),
        words.text("treated"),
        words.text("control"),
        subject.text("treated"),
        subject.text("control"),
        subject.text("difference"),
        words.text("limits"),
        words.text("uplift"),
        words.text("needed"),
    )
    return ResultTable(
        subject.text("title"), headings, tuple(_lines(subject, rows, names, minimum))
    )


def _lines(
    subject: _Subject, rows: Sequence[Row], names: Mapping[str, str], minimum: int
) -> Iterator[tuple[str, ...]]:
    words = subject.words
    called = {ALL: words.text("all"), NO_SEGMENT: words.text("without"), **names}
    for row in sorted(rows, key=lambda row: (row["group_id"] != ALL, row["group_id"])):
        name = str(called.get(row["group_id"], row["group_id"]))
        if min(row["treated_count"], row["control_count"]) < minimum:
            yield (name, words.text("fewer", minimum=minimum))
        else:
            yield (name, *_cells(subject, row))


def _cells(subject: _Subject, row: Row) -> tuple[str, ...]:
    difference, uplift, needed = (
        row[name]
        for name in (f"{subject.figure}_difference", f"{subject.figure}_uplift", subject.needed)
    )
    return (
        subject.numbers.integer(row["treated_count"]),
        subject.numbers.integer(row["control_count"]),
        subject.written(row[f"treated_{subject.figure}"]),
        subject.written(row[f"control_{subject.figure}"]),
        "" if difference is None else subject.difference(difference),
        subject.interval(row),
        "" if uplift is None else subject.numbers.signed_percent(uplift),
        "" if needed is None else subject.numbers.integer(needed),
    )


def _verdict(subject: _Subject, row: Row) -> str:
    """Say what the interval says, of all together."""
    limits, interval = subject.limits(row), subject.interval(row)
    if limits is None:
        return subject.text("untold")
    if limits[0] > 0 or limits[1] < 0:
        return subject.text("more" if limits[0] > 0 else "less", interval=interval)
    if (needed := row[subject.needed]) is None:
        return subject.text("undecided", interval=interval)
    return subject.text(
        "undecided_needed", interval=interval, needed=subject.numbers.integer(needed)
    )


def _balance(buyers: _Subject, before: Row) -> str:
    """Say whether treated and control were alike in as many days before the start."""
    words, days = buyers.words, before["day_count"]
    limits = buyers.limits(before)
    if limits is None:
        return words.counted("before_nothing", days, days=days)
    key = "before_alike" if limits[0] <= 0 <= limits[1] else "before_unlike"
    return words.counted(key, days, days=days, interval=buyers.interval(before))
