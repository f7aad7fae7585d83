"""The tables of the report, as Markdown."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.reporting.exploration.audience import Ranking
from pipeline.reporting.exploration.distribution import (
    QUANTILES,
    Distribution,
    Outliers,
    quantile_name,
)
from pipeline.reporting.exploration.facts import Facts
from pipeline.reporting.exploration.quality import share
from pipeline.reporting.exploration.timing import KINDS
from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.markdown import code, table
from pipeline.reporting.kit.numbers import NOTHING, NumberFormat


class Tables:
    """Writes the tables of some facts in one language."""

    def __init__(self, facts: Facts, words: Catalogue, numbers: NumberFormat) -> None:
        self.facts, self.words, self.numbers = facts, words, numbers

    def files(self) -> str:
        """Return one line per file."""
        rows = [
            [
                code(file.source_file),
                ", ".join(code(column) for column in file.columns),
                self.numbers.size(file.size_bytes),
                self.numbers.integer(file.line_count),
                self.numbers.integer(file.row_count),
                self.numbers.integer(file.refused_count),
            ]
            for file in self.facts.files
        ]
        return self._table("file columns_found size lines rows_read refused", rows, texts=2)

    def columns(self) -> str:
        """Return one line per column."""
        rows = [
            [
                code(column.name),
                self._type(column.type_name),
                self.numbers.integer(column.missing_count),
                self.numbers.percent(column.missing_share),
                self.numbers.integer(column.unreadable_count),
                self.numbers.percent(column.unreadable_share),
                self.users(column.distinct_count),
            ]
            for column in self.facts.columns
        ]
        heads = "column type missing share unreadable share distinct"
        return self._table(heads, rows, texts=2)

    def numbers_described(self) -> str:
        """Return one column per number: price, events per user, events per session."""
        described = {
            "price": self.facts.prices.overall,
            "events_per_user": self.facts.events_per_user,
            "events_per_session": self.facts.events_per_session,
        }
        return self._distributions({self.words.text(key): one for key, one in described.items()})

    def prices_by_type(self) -> str:
        """Return one column per event type that may be shown."""
        shown = {
            self.words.text(f"type_{kind}"): one
            for kind, one in self.facts.prices.by_type.items()
            if one is not None
        }
        return self._distributions(shown) if shown else ""

    def duplicates(self) -> str:
        """Return the two kinds of repeated rows."""
        found = self.facts.duplicates
        rows = [
            self._counted("duplicates_whole", found.whole_row_count, found.whole_row_share),
            self._counted("duplicates_key", found.key_count, found.key_share),
        ]
        return self._table("duplicates rows share", rows)

    def types(self) -> str:
        """Return the events by type."""
        rows = [
            self._counted(f"type_{kind}", count, share(count, self.facts.row_count))
            for kind, count in self.facts.timing.by_type.items()
            if count
        ]
        return self._table("type events share", rows)

    def months(self) -> str:
        """Return the events by month, and each type's share of them."""
        by_month = self.facts.timing.by_month
        kinds = [kind for kind in KINDS if any(month[kind] for month in by_month.values())]
        rows = []
        for key, month in by_month.items():
            total = sum(month.values())
            shares = [self.numbers.percent(share(month[kind], total)) for kind in kinds]
            rows.append(
                [
                    self.numbers.month(dt.date.fromisoformat(f"{key}-01")),
                    self.numbers.integer(total),
                    *shares,
                ]
            )
        heads = [self.words.text("month"), self.words.text("events")]
        return table([*heads, *(self.words.text(f"type_{kind}") for kind in kinds)], rows)

    def weekdays(self) -> str:
        """Return the events by weekday."""
        return self._timed("weekday", self.numbers.weekdays(), self.facts.timing.by_weekday)

    def hours(self) -> str:
        """Return the events by hour."""
        names = [f"{hour:02}" for hour in range(24)]
        return self._timed("hour", names, self.facts.timing.by_hour)

    def holes(self) -> str:
        """Return the stretches of days that look incomplete."""
        rows = [
            [
                self.numbers.date(hole.first_date),
                self.numbers.date(hole.last_date),
                self.numbers.integer(hole.event_count),
                self.numbers.integer(hole.neighbour_event_count),
            ]
            for hole in self.facts.timing.holes
        ]
        return self._table("from_day to_day events neighbours", rows, texts=2)

    def refusals(self) -> str:
        """Return the reasons, each with an example."""
        rows = [
            [
                self.words.known("reason", found.reason),
                code(found.reason),
                code(found.example),
                self.numbers.integer(found.count),
                self.numbers.percent(found.share),
            ]
            for found in self.facts.refusals
        ]
        return self._table("reason code example rows share", rows, texts=3)

    def funnel(self) -> str:
        """Return the users by type of event."""
        rows = [
            [
                self.words.text(f"type_{step.event_type}"),
                self.users(step.user_count),
                self.numbers.percent(step.user_share),
            ]
            for step in self.facts.funnel
        ]
        return self._table("type users users_share", rows)

    def ranking(self, heading: str, ranking: Ranking) -> str:
        """Return the most frequent values of a column."""
        rows = [
            [code(one.name), self.numbers.integer(one.event_count), *self._share(one.event_share)]
            for one in ranking.top
        ]
        return self._table(f"{heading} events share", rows)

    def users(self, count: int | None) -> str:
        """Return a number of users, or that they are too few to be counted."""
        if count is None:
            return self.words.text("too_few", minimum=self.facts.min_group_size)
        return self.numbers.integer(count)

    def _type(self, type_name: str) -> str:
        """Return a type of the database in words, or its name when it is unknown."""
        plain = re.split("[^a-z]", type_name)[0]
        return self.words.find("exploration", f"kind_{plain}") or type_name

    def _distributions(self, described: dict[str, Distribution]) -> str:
        keys = ("minimum", *(quantile_name(one) for one in QUANTILES), "maximum")
        rows = [[self.words.text("count"), *(self.users_of(one) for one in described.values())]]
        for key in (*keys, "mean", "standard_deviation"):
            name = f"quantile_{key}" if key.startswith("p") else key
            rows.append(
                [self.words.text(name), *(self._figure(one, key) for one in described.values())]
            )
        for key in ("beyond_5_sigma", "beyond_1_5_iqr"):
            cells = (self._outliers(getattr(one, key)) for one in described.values())
            rows.append([self.words.text(key), *cells])
        return table([self.words.text("measure"), *described], rows)

    def users_of(self, one: Distribution) -> str:
        """Return how many rows, users or sessions a distribution describes."""
        is_withheld = one.mean is None and 0 < one.count < self.facts.min_group_size
        return self.users(None if is_withheld else one.count)

    def _figure(self, one: Distribution, key: str) -> str:
        if key.startswith("p"):
            return self.numbers.plain(one.quantiles.get(key))
        number = getattr(one, key)
        is_computed = key in ("mean", "standard_deviation")
        return self.numbers.decimal(number) if is_computed else self.numbers.plain(number)

    def _outliers(self, found: Outliers | None) -> str:
        if found is None:
            return NOTHING
        low, high = self.numbers.plain(found.low), self.numbers.plain(found.high)
        return self.words.text(
            "outlier_cell",
            count=self.numbers.integer(found.count),
            share=self.numbers.percent(found.share),
            bounds=self.words.text("bounds", low=low, high=high),
        )

    def _timed(self, heading: str, names: list[str], counts: list[int]) -> str:
        total = sum(counts)
        rows = [
            [name, self.numbers.integer(count), *self._share(share(count, total))]
            for name, count in zip(names, counts, strict=True)
        ]
        return self._table(f"{heading} events share", rows)

    def _counted(self, key: str, count: int, part: float) -> list[str]:
        return [self.words.text(key), self.numbers.integer(count), *self._share(part)]

    def _share(self, part: float) -> list[str]:
        return [self.numbers.percent(part)]

    def _table(self, headings: str, rows: list[list[str]], texts: int = 1) -> str:
        return table([self.words.text(key) for key in headings.split()], rows, texts)
