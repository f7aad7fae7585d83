"""What campaigns changed, in words and tables."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Heading, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.campaigns.disclosure import told_campaigns
from pipeline.reporting.segment_report.campaigns.facts import (
    ALL,
    Campaign,
    Row,
    gather_campaigns,
)
from pipeline.reporting.segment_report.section import Section, Store

_BUYERS, _REVENUE = "buyer_rate", "mean_revenue"
_NEEDED = {_BUYERS: "buyer_needed_count", _REVENUE: "revenue_needed_count"}


class View(Section):
    """Writes of each campaign what the treated did beside those who were left alone."""

    key = "campaigns"
    own: tuple[Campaign, ...] | None

    @classmethod
    def gather(cls, store: Store, /) -> tuple[Campaign, ...]:
        """Return what each campaign changed."""
        return gather_campaigns(store.connection)

    @classmethod
    def disclose(cls, exact: tuple[Campaign, ...], store: Store, /) -> tuple[Campaign, ...]:
        """Return that without groups that are too small."""
        return told_campaigns(exact, store.policy)

    def blocks(self) -> list[Block]:
        """Return the section: of each campaign a verdict and a table; a sentence without any."""
        blocks: list[Block] = [self.paragraph("lead" if self.own else "nothing")]
        for campaign in self.own or ():
            blocks += [Heading(campaign.name), *self._campaign(campaign)]
        return blocks

    def _campaign(self, campaign: Campaign) -> list[Block]:
        start = self.numbers.date(campaign.starts_on)
        everybody = next((row for row in campaign.after if row["group_id"] == ALL), None)
        if everybody is None:
            key = "small" if campaign.hidden_count else "ahead"
            return [self.paragraph(key, start=start, minimum=self.facts.min_group_size)]
        counts = {
            group: self.numbers.integer(everybody[f"{group}_count"])
            for group in ("treated", "control")
        }
        days, planned = everybody["day_count"], campaign.day_count
        blocks: list[Block] = [
            self.paragraph("who", start=start, days=days, planned=planned, **counts),
            self.paragraph("buyers", verdict=self._verdict(everybody, _BUYERS)),
            self.paragraph("revenue", verdict=self._verdict(everybody, _REVENUE)),
            self._table(campaign),
        ]
        if campaign.hidden_count:
            blocks.append(self.remark("hidden", minimum=self.facts.min_group_size))
        if any(row["treated_buyer_rate"] is None for row in campaign.after):
            blocks.append(self.remark("few", minimum=self.facts.min_group_size))
        return [*blocks, *(self._balance(row) for row in campaign.before)]

    def _verdict(self, row: Row, figure: str) -> str:
        lower, upper = row[f"{figure}_difference_lower"], row[f"{figure}_difference_upper"]
        if lower is None:
            return self.text("untold")
        interval = self._interval(row, figure)
        if lower > 0 or upper < 0:
            uplift = row[f"{figure}_uplift"]
            key = "more" if lower > 0 else "less"
            return self.text(
                key, interval=interval, uplift=self.numbers.percent(uplift and abs(uplift))
            )
        needed = row[_NEEDED[figure]]
        if needed is None:
            return self.text("undecided", interval=interval)
        return self.text("needed", interval=interval, needed=self.numbers.integer(needed))

    def _interval(self, row: Row, figure: str) -> str:
        """Return the limits of a difference, of rates in percentage points."""
        lower, upper = row[f"{figure}_difference_lower"], row[f"{figure}_difference_upper"]
        if lower is None:
            return NOTHING
        factor = 100 if figure == _BUYERS else 1
        limits = (self.figures.signed(limit * factor) for limit in (lower, upper))
        return self.text("interval", **dict(zip(("lower", "upper"), limits, strict=True)))

    def _balance(self, row: Row) -> Block:
        lower, upper = row["buyer_rate_difference_lower"], row["buyer_rate_difference_upper"]
        is_alike = lower is None or lower <= 0 <= upper
        return self.remark(
            "alike" if is_alike else "unlike",
            interval=self._interval(row, _BUYERS),
            days=row["day_count"],
        )

    def _table(self, campaign: Campaign) -> Table:
        headings = self.headings(
            "treated", "control", "treated_rate", "control_rate", "points", "money"
        )
        return Table(headings, tuple(self._row(campaign, row) for row in campaign.after))

    def _row(self, campaign: Campaign, row: Row) -> tuple[str, ...]:
        return (
            self._name(campaign, row["group_id"]),
            self.numbers.integer(row["treated_count"]),
            self.numbers.integer(row["control_count"]),
            self.numbers.percent(row["treated_buyer_rate"]),
            self.numbers.percent(row["control_buyer_rate"]),
            self._interval(row, _BUYERS),
            self._interval(row, _REVENUE),
        )

    def _name(self, campaign: Campaign, group_id: str) -> str:
        if group_id in (ALL, "none"):
            return self.text(group_id)
        names = campaign.names.get(group_id, {})
        return names.get(self.words.language) or names.get("en") or group_id
