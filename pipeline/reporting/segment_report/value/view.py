"""What a segment is worth, in words and tables."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.reporting.kit.blocks import Block, Bullets, Paragraph, Pictures, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.section import Section, Store
from pipeline.reporting.segment_report.value.charts import WorthCharts
from pipeline.reporting.segment_report.value.disclosure import told_worth
from pipeline.reporting.segment_report.value.facts import (
    SCHEMES,
    Estimate,
    Moment,
    MomentShares,
    SegmentWorth,
    Worth,
    gather_worth,
)

# Columns that a model may read, from which RFM has its money.
_MONEY = {"log_revenue", "log_average_order_value"}
# Of a model that was trained before it was a setting.
_DEFAULT_OUTCOME_DAYS = 30


class View(Section):
    """Writes what the segments did in the month after a moment."""

    key = "worth"
    own: Worth | None

    @classmethod
    def gather(cls, store: Store, /) -> Worth | None:
        """Return what the segments did in the month after a moment."""
        return gather_worth(store.connection)

    @classmethod
    def disclose(cls, exact: Worth | None, store: Store, /) -> Worth | None:
        """Return them without what may not be shown."""
        return told_worth(exact, store.policy) if exact else None

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        charts = WorthCharts(self.figures)
        return {"worth_buying": charts.buying(), "worth_revenue": charts.revenue()}

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where no month followed."""
        worth = self.own
        if worth is None:
            return [self.paragraph("missing")]
        blocks: list[Block] = [
            self._lead(worth.latest),
            *self._compared(worth.latest),
            self._table(worth.latest),
        ]
        if self._hides(worth.latest):
            blocks.append(self.hidden())
        blocks += [Pictures(("worth_buying", "worth_revenue")), self.remark("note")]
        blocks += self._history(worth)
        return blocks + (self._shares(worth) if worth.shares else [])

    def _lead(self, worth: Moment) -> Block:
        count = self.figures.total(worth.user_count)
        lead = self.text(
            "lead",
            moment=self.numbers.date(worth.moment),
            count=count,
            days=self.facts.model.settings.get("outcome_days", _DEFAULT_OUTCOME_DAYS),
        )
        trained = self.text("lead_model", as_of=self.numbers.date(self.facts.model.as_of))
        return Paragraph(f"{lead} {trained}")

    def _hides(self, worth: Moment) -> bool:
        return any(
            None in (one.user_count, one.buying, one.revenue, one.returning)
            for one in worth.segments
        )

    def _compared(self, worth: Moment) -> list[Block]:
        """Return who did more and who did less; that nobody bought, where nobody did."""
        if sentences := self._sentences(worth):
            return [Bullets(tuple(sentences))]
        is_nobody = all(one.buying and not one.buying.value for one in worth.segments)
        return [self.paragraph("nobody")] if is_nobody else []

    def _sentences(self, worth: Moment) -> list[str]:
        """Return who buys most and least, and who spends most."""
        average, sentences = worth.average, []
        buying = [(one.segment_id, one.buying) for one in worth.segments if one.buying]
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
            for one in worth.segments
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

    def _table(self, worth: Moment) -> Table:
        headings = self.headings(
            "members",
            *("bought", "interval", "lift"),
            *("revenue", "interval", "lift"),
            "returned",
        )
        places = {one.segment_id: place for place, one in enumerate(self.facts.segments)}
        ordered = sorted(worth.segments, key=lambda one: places.get(one.segment_id, len(places)))
        rows = [self._segment(one) for one in ordered]
        average, percent = worth.average, self.numbers.percent
        rows.append(
            (
                self.text("average"),
                self.figures.total(worth.user_count),
                *(percent(average["buying"]), "", ""),
                *(self.numbers.decimal(average["revenue"]), "", ""),
                percent(average["returning"]),
            )
        )
        return Table(headings, tuple(rows), has_total=True)

    def _history(self, worth: Worth) -> list[Block]:
        """Return how much more each segment bought, after every moment that a month followed."""
        if len(worth.moments) < 2:
            return []
        rows = [
            (self.figures.name(one), *(self._bought(at, one.segment_id) for at in worth.moments))
            for one in self.facts.segments
        ]
        rows.append(
            (
                self.text("average"),
                *(self.numbers.percent(at.average["buying"]) for at in worth.moments),
            )
        )
        moments = [self.numbers.date(at.moment) for at in worth.moments]
        headings = (self.words.text("segment"), *moments)
        return [
            self.heading("history"),
            self.paragraph("history_text"),
            Table(headings, tuple(rows), has_total=True),
        ]

    def _bought(self, at: Moment, segment_id: int) -> str:
        one = next((one.buying for one in at.segments if one.segment_id == segment_id), None)
        if one is None:
            return NOTHING
        rate = self.numbers.percent(one.value)
        return self.text("history_cell", lift=self._times(one.lift), rate=rate)

    def _segment(self, one: SegmentWorth) -> tuple[str, ...]:
        percent = self.numbers.percent
        return (
            self.figures.name_of(one.segment_id),
            self.figures.people(one.user_count),
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

    def _shares(self, worth: Worth) -> list[Block]:
        latest = worth.shares[-1]
        shares = {name: self.numbers.percent(latest.shares.get(name)) for name in SCHEMES}
        blocks: list[Block] = [self.heading("shares")]
        if all(latest.shares.get(name) is not None for name in SCHEMES[:3]):
            moment = self.numbers.date(latest.moment)
            blocks.append(self.paragraph("shares_text", moment=moment, **shares))
        if latest.shares.get("boosting") is not None:
            blocks.append(self._benchmark(shares["boosting"]))
        keys = ("moment", "members", *SCHEMES)
        rows = tuple(self._moment(one) for one in worth.shares)
        table = Table(tuple(self.text(key) for key in keys), rows)
        return [*blocks, table, self.remark("shares_note")]

    def _benchmark(self, boosting: str) -> Block:
        """Say how much the features of the model allow, and what they leave out."""
        names = self.facts.model.feature_names
        sentences = [self.text("benchmark", count=len(names), boosting=boosting)]
        if not set(names) & _MONEY:
            sentences.append(self.text("benchmark_money"))
        return Paragraph(" ".join(sentences))

    def _moment(self, one: MomentShares) -> tuple[str, ...]:
        return (
            self.numbers.date(one.moment),
            self.figures.total(one.user_count),
            *(self._share(one, scheme) for scheme in SCHEMES),
        )

    def _share(self, one: MomentShares, scheme: str) -> str:
        share, held_out = one.shares.get(scheme), one.held_out.get(scheme)
        if share is None or held_out is None or scheme == "boosting":
            return self.numbers.percent(share)
        percent = self.numbers.percent
        return self.text("share", share=percent(share), held_out=percent(held_out))
