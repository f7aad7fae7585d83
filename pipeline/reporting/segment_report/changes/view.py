"""What changed, first of all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from pipeline.reporting.kit.blocks import Block, Bullets, Table, Tile, Tiles
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.changes.disclosure import told_changes
from pipeline.reporting.segment_report.changes.facts import (
    Changes,
    Month,
    SizeChange,
    gather_changes,
)
from pipeline.reporting.segment_report.section import Section, Store

# A segment whose size changed by less did not change worth a word.
_NOTABLE = 0.005


class View(Section):
    """Writes how the last whole month compares, which segments grew, and whether data drifted."""

    key = "changes"
    own: Changes

    @classmethod
    def gather(cls, store: Store, /) -> Changes:
        """Return what changed."""
        return gather_changes(store.connection, store.sections["migrations"].migrations)

    @classmethod
    def disclose(cls, exact: Changes, store: Store, /) -> Changes:
        """Return it without what may not be shown."""
        return told_changes(exact, store.policy)

    def blocks(self) -> list[Block]:
        """Return the section."""
        return [*self._month(), Bullets((*self._sizes(), self._drift()))]

    def _month(self) -> list[Block]:
        latest = self.own.latest
        if latest is None:
            return [self.paragraph("no_month")]
        found: list[Block] = [self.paragraph("lead", month=self.numbers.month(latest.month))]
        found.append(Tiles(tuple(self._tiles(latest))))
        if self.own.before or self.own.year_before:
            found.append(self._table(latest))
        else:
            found.append(self.remark("no_comparison"))
        return found

    def _measures(self) -> tuple[tuple[str, Callable[[Any], str], Callable[[Any], str]], ...]:
        """Return the columns of a month: how each is read at a glance, and exactly."""
        figures = self.figures
        return (
            ("user_count", figures.short_people, figures.people),
            ("buyer_count", self._short_buyers, self._buyers),
            ("order_count", figures.short_people, figures.people),
            ("revenue", figures.short_money, figures.money),
        )

    def _buyers(self, count: int | None) -> str:
        # In public those who did not buy may be the small group.
        if count is None and self.facts.policy.is_public:
            return self.words.text("untold")
        return self.figures.people(count)

    def _short_buyers(self, count: int | None) -> str:
        return self._buyers(count) if count is None else self.figures.short_people(count)

    def _tiles(self, latest: Month) -> list[Tile]:
        pairs = (("previous", self.own.before), ("year", self.own.year_before))
        tiles = []
        for name, write, _ in self._measures():
            value = getattr(latest, name)
            changes = tuple(
                self.text(f"against_{key}", change=change, month=self.numbers.month(other.month))
                for key, other in pairs
                if other and (change := self._change(value, getattr(other, name))) != NOTHING
            )
            tiles.append(Tile(write(value), self.text(f"tile_{name}"), changes))
        return tiles

    def _change(self, later: int | Decimal | None, former: int | Decimal | None) -> str:
        if later is None or not former or former < 0:
            return NOTHING
        return self.numbers.signed_percent(float(later / former) - 1)

    def _table(self, latest: Month) -> Table:
        others = [one for one in (self.own.before, self.own.year_before) if one]
        months = [latest, *others]
        headings = [self.numbers.month(one.month) for one in months]
        against = [
            self.text("change_against", month=self.numbers.month(one.month)) for one in others
        ]
        rows = []
        for name, _, write in self._measures():
            values = [getattr(one, name) for one in months]
            changes = [self._change(values[0], value) for value in values[1:]]
            rows.append((self.text(f"row_{name}"), *map(write, values), *changes))
        return Table((self.text("measure"), *headings, *against), tuple(rows))

    def _sizes(self) -> list[str]:
        """Return which segments grew and which shrank since the month end before, most first."""
        if self.own.since is None:
            return [self.text("no_former")]
        sentences = []
        for key, sign in (("grew", 1), ("shrank", -1)):
            found = sorted(
                (one for one in self.own.sizes if sign * one.change >= _NOTABLE),
                key=lambda one: -abs(one.change),
            )
            if found:
                names = self.words.text("separator").join(map(self._size, found))
                since = self.numbers.date(self.own.since)
                sentences.append(self.text(key, since=since, segments=names))
        return sentences or [self.text("same_sizes", since=self.numbers.date(self.own.since))]

    def _size(self, one: SizeChange) -> str:
        name = self.figures.name_of(one.segment_id)
        return self.text("size", name=name, change=self.numbers.signed_percent(one.change))

    def _drift(self) -> str:
        drift = self.facts.sections["drift"]
        if not drift.features:
            return self.text("drift_unknown")
        if not drift.drifted:
            return self.text("drift_none")
        labels = ", ".join(self.words.input(one.feature)[0] for one in drift.drifted)
        return self.text("drift_some", features=labels)
