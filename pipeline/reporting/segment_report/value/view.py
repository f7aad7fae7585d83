"""What a segment is values, in words and tables."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.reporting.kit.blocks import Block, Bullets, Paragraph, Pictures, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.migrations.disclosure import untold_former
from pipeline.reporting.segment_report.section import Section, Store
from pipeline.reporting.segment_report.value.charts import ValueCharts
from pipeline.reporting.segment_report.value.disclosure import told_values
from pipeline.reporting.segment_report.value.facts import (
    SCHEMES,
    Estimate,
    SegmentValue,
    Snapshot,
    SnapshotShares,
    Values,
    gather_values,
)

# Columns that a model may read, from which RFM has its money.
_MONEY = {"log_revenue", "log_average_order_value"}
# Of a model that was trained before it was a setting.
_DEFAULT_OUTCOME_DAYS = 30


class View(Section):
    """Writes what the segments did in the month after a snapshot date."""

    key = "value"
    own: Values | None

    @classmethod
    def gather(cls, store: Store, /) -> Values | None:
        """Return what the segments did in the month after a snapshot date."""
        return gather_values(store.connection)

    @classmethod
    def disclose(cls, exact: Values | None, store: Store, /) -> Values | None:
        """Return them without what may not be shown."""
        moves = store.sections["migrations"].migrations
        untold = untold_former(moves, store.policy)
        return told_values(exact, store.policy, untold) if exact else None

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        charts = ValueCharts(self.figures)
        return {"value_buying": charts.buying(), "value_revenue": charts.revenue()}

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where no month followed."""
        values = self.own
        if values is None:
            return [self.paragraph("missing")]
        blocks: list[Block] = [
            self._lead(values.latest),
            *self._compared(values.latest),
            self._table(values.latest),
        ]
        if self._hides(values.latest):
            blocks.append(self.hidden())
        blocks += [Pictures(("value_buying", "value_revenue")), self.remark("note")]
        blocks += self._history(values)
        return blocks + (self._shares(values) if values.shares else [])

    def _lead(self, values: Snapshot) -> Block:
        count = self.figures.total(values.user_count)
        lead = self.text(
            "lead",
            snapshot_date=self.numbers.date(values.snapshot_date),
            count=count,
            days=self.facts.model.settings.get("outcome_days", _DEFAULT_OUTCOME_DAYS),
        )
        trained = self.text("lead_model", as_of=self.numbers.date(self.facts.model.as_of))
        return Paragraph(f"{lead} {trained}")

    def _hides(self, values: Snapshot) -> bool:
        return any(
            None in (one.user_count, one.buying, one.revenue, one.returning)
            for one in values.segments
        )

    def _compared(self, values: Snapshot) -> list[Block]:
        """Return who did more and who did less; that nobody bought, where nobody did."""
        if sentences := self._sentences(values):
            return [Bullets(tuple(sentences))]
        is_nobody = all(one.buying and not one.buying.value for one in values.segments)
        return [self.paragraph("nobody")] if is_nobody else []

    def _sentences(self, values: Snapshot) -> list[str]:
        """Return who buys most and least, and who spends most."""
        average, sentences = values.average, []
        buying = [(one.segment_id, one.buying) for one in values.segments if one.buying]
        ranked = sorted(
            ((one.lift, at, one) for at, one in buying if one.lift is not None), reverse=True
        )
        for key, place in (("best", 0), ("worst", -1)):
            if len(ranked) > 1:
                lift, at, one = ranked[place]
                rates = {"rate": one.value, "average": average["buying"]}
                shown = {name: self.numbers.percent(value) for name, value in rates.items()}
                name = self.figures.name_of(at)
                sentences.append(self.text(key, name=name, lift=self._times(lift), **shown))
        spending = [
            (one.revenue.lift, one.segment_id, one.revenue)
            for one in values.segments
            if one.revenue and one.revenue.lift is not None
        ]
        if len(spending) > 1:
            lift, at, one = max(spending)
            amounts = {"mean": one.value, "average": average["revenue"]}
            shown = {name: self.numbers.decimal(value) for name, value in amounts.items()}
            name = self.figures.name_of(at)
            sentences.append(self.text("spent", name=name, lift=self._times(lift), **shown))
        return sentences

    def _times(self, lift: float | None) -> str:
        return self.numbers.decimal(lift, 1 if lift is None or lift >= 1 else 2)

    def _table(self, values: Snapshot) -> Table:
        headings = self.headings(
            "members",
            *("bought", "interval", "lift"),
            *("revenue", "interval", "lift"),
            "returned",
        )
        places = {one.segment_id: place for place, one in enumerate(self.facts.segments)}
        ordered = sorted(values.segments, key=lambda one: places.get(one.segment_id, len(places)))
        rows = [self._segment(one) for one in ordered]
        average, percent = values.average, self.numbers.percent
        rows.append(
            (
                self.text("average"),
                self.figures.total(values.user_count),
                *(percent(average["buying"]), "", ""),
                *(self.numbers.decimal(average["revenue"]), "", ""),
                percent(average["returning"]),
            )
        )
        return Table(headings, tuple(rows), has_total=True)

    def _history(self, values: Values) -> list[Block]:
        """Return how much more each segment bought, after every snapshot that a month followed."""
        if len(values.snapshots) < 2:
            return []
        rows = [
            (self.figures.name(one), *(self._bought(at, one.segment_id) for at in values.snapshots))
            for one in self.facts.segments
        ]
        rows.append(
            (
                self.text("average"),
                *(self.numbers.percent(at.average["buying"]) for at in values.snapshots),
            )
        )
        snapshots = [self.numbers.date(at.snapshot_date) for at in values.snapshots]
        headings = (self.words.text("segment"), *snapshots)
        return [
            self.heading("history"),
            self.paragraph("history_text"),
            Table(headings, tuple(rows), has_total=True),
        ]

    def _bought(self, at: Snapshot, segment_id: int) -> str:
        one = next((one.buying for one in at.segments if one.segment_id == segment_id), None)
        if one is None:
            return NOTHING
        rate = self.numbers.percent(one.value)
        return self.text("history_cell", lift=self._times(one.lift), rate=rate)

    def _segment(self, one: SegmentValue) -> tuple[str, ...]:
        percent = self.numbers.percent
        return (
            self.figures.name_of(one.segment_id),
            self._people(one.user_count),
            *self._estimate(one.buying, percent),
            *self._estimate(one.revenue, self.numbers.decimal),
            percent(one.returning.value) if one.returning else NOTHING,
        )

    def _estimate(
        self, one: Estimate | None, write: Callable[[float | None], str]
    ) -> tuple[str, str, str]:
        if one is None:
            return NOTHING, NOTHING, NOTHING
        return write(one.value), self.range(one, write), self._times(one.lift)

    def range(self, one: Estimate, write: Callable[[float | None], str]) -> str:
        """Return an interval; a dash where it has no end, or no width, as where nobody bought."""
        if not one.has_interval:
            return NOTHING
        return self.text("range", lower=write(one.lower), upper=write(one.upper))

    def _shares(self, values: Values) -> list[Block]:
        latest = values.shares[-1]
        shares = {name: self.numbers.percent(latest.shares.get(name)) for name in SCHEMES}
        blocks: list[Block] = [self.heading("shares")]
        if all(latest.shares.get(name) is not None for name in SCHEMES[:3]):
            snapshot_date = self.numbers.date(latest.snapshot_date)
            blocks.append(self.paragraph("shares_text", snapshot_date=snapshot_date, **shares))
        if latest.shares.get("boosting") is not None:
            blocks.append(self._benchmark(shares["boosting"]))
        keys = ("date", "members", *SCHEMES)
        rows = tuple(self._snapshot(one) for one in values.shares)
        table = Table(tuple(self.text(key) for key in keys), rows)
        return [*blocks, table, self.remark("shares_note")]

    def _benchmark(self, boosting: str) -> Block:
        """Say how much the features of the model allow, and what they leave out."""
        names = self.facts.model.feature_names
        sentences = [self.text("benchmark", count=len(names), boosting=boosting)]
        if not set(names) & _MONEY:
            sentences.append(self.text("benchmark_money"))
        return Paragraph(" ".join(sentences))

    def _snapshot(self, one: SnapshotShares) -> tuple[str, ...]:
        return (
            self.numbers.date(one.snapshot_date),
            self.figures.total(one.user_count),
            *(self._share(one, scheme) for scheme in SCHEMES),
        )

    def _share(self, one: SnapshotShares, scheme: str) -> str:
        share, held_out = one.shares.get(scheme), one.held_out.get(scheme)
        if share is None or held_out is None or scheme == "boosting":
            return self.numbers.percent(share)
        percent = self.numbers.percent
        return self.text("share", share=percent(share), held_out=percent(held_out))

    def _people(self, count: int | None) -> str:
        # In public not only what is small is hidden.
        if count is None and self.facts.policy.is_public:
            return self.words.text("untold")
        return self.figures.people(count)
