"""What changed, first of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pipeline.reporting.kit.blocks import Block, Bullets, Table, Tile, Tiles
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.changes.disclosure import told_changes
from pipeline.reporting.segment_report.changes.facts import Changes, Month, gather_changes
from pipeline.reporting.segment_report.changes.runs import Growth, SinceRun, SizeChange
from pipeline.reporting.segment_report.migrations.disclosure import untold_former
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
        untold = untold_former(store.sections["migrations"].migrations, store.policy)
        return told_changes(exact, store.policy, untold.get(exact.since, ()) if exact.since else ())

    def blocks(self) -> list[Block]:
        """Return the section."""
        told = (*self._since_run(), *self._sizes(), self._drift())
        return [*self._month(), Bullets(told)]

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
        return Table((self.text("measure"), *headings, *against), tuple(rows), is_folded=True)

    def _since_run(self) -> list[str]:
        """Return what changed since the run before; of segments, unless the month says it."""
        run = self.own.since_run
        if run is None:
            return []
        if run.has_other_model:
            return [self._totals(run), self.text("run_other_model")]
        if self.own.since and run.data_until < self.own.since:
            return [self._totals(run)]
        return [self._totals(run), *self._grown("run_grew", "run_shrank", run.sizes)]

    def _totals(self, run: SinceRun) -> str:
        until = self.numbers.date(run.data_until)
        grown = (("users", run.users), ("buyers", run.buyers), ("revenue", run.revenue))
        if not run.file_count and not any(one.more or one.more is None for _, one in grown):
            return self.text("run_same", until=until)
        files = self.words.counted(
            "changes_new_files", run.file_count, files=self.numbers.integer(run.file_count)
        )
        changes = self.words.text("separator").join(self._growth(*each) for each in grown)
        return self.text("run", until=until, files=files, changes=changes)

    def _growth(self, name: str, one: Growth) -> str:
        if one.more is None:
            return self.text(f"run_{name}_untold")
        if not one.more:
            return self.text(f"run_{name}_same")
        sign = "+" if one.more > 0 else "\N{MINUS SIGN}"
        if isinstance(one.more, Decimal):
            change = sign + self.figures.short_money(abs(one.more))
        else:
            change = sign + self.figures.short_people(abs(one.more))
        if one.former <= 0:
            return self.text(f"run_{name}", change=change)
        share = self.numbers.signed_percent(float(one.more / one.former))
        return self.text(f"run_{name}_share", change=change, share=share)

    def _sizes(self) -> list[str]:
        """Return which segments grew and which shrank since the month end before."""
        if self.own.since is None:
            return [self.text("no_former")]
        since = self.numbers.date(self.own.since)
        sentences = self._grown("grew", "shrank", self.own.sizes, since=since)
        return sentences or [self.text("same_sizes", since=since)]

    def _grown(
        self, grew: str, shrank: str, sizes: Iterable[SizeChange], **values: str
    ) -> list[str]:
        """Return two sentences, of the segments that grew and of those that shrank, most first."""
        sentences = []
        for key, sign in ((grew, 1), (shrank, -1)):
            found = sorted(
                (one for one in sizes if sign * one.change >= _NOTABLE),
                key=lambda one: -abs(one.change),
            )
            if found:
                names = self.words.text("separator").join(map(self._size, found))
                sentences.append(self.text(key, segments=names, **values))
        return sentences

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
