"""Figures of the report as text: people, shares, money and medians."""

from __future__ import annotations

from decimal import Decimal

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.disclosure import Total
from pipeline.reporting.kit.numbers import NumberFormat
from pipeline.reporting.segment_report.facts import Facts
from pipeline.reporting.segment_report.features import kind, population
from pipeline.reporting.segment_report.profiles.facts import Segment, Trait

_PLACES = ((1.0, "far_"), (0.5, "well_"), (0.0, ""))


class Figures:
    """Writes the figures of some facts in one language."""

    def __init__(self, facts: Facts, words: Catalogue, numbers: NumberFormat) -> None:
        self.facts, self.words, self.numbers = facts, words, numbers

    def people(self, count: int | None) -> str:
        """Return a number of people; None is a group that is too small."""
        return self.too_few if count is None else self.numbers.integer(count)

    @property
    def too_few(self) -> str:
        """The words for a group that may not be shown."""
        return self.words.text("fewer", minimum=self.facts.min_group_size)

    def total(self, total: Total) -> str:
        """Return a total of people; that it may not be told, or is one of few."""
        if total.count is None:
            return self.too_few if total.is_exact else self.words.text("untold")
        text = self.numbers.integer(total.count)
        return text if total.is_exact else self.words.text("about", number=text)

    def money(self, amount: Decimal | None) -> str:
        """Return an amount in the currency of the files, to the cent."""
        # A float writes every cent of less than ninety million millions.
        return self.numbers.decimal(None if amount is None else float(amount))

    def part_money(self, amount: Decimal | float | None) -> str:
        """Return the money of a part of the customers: cents only where they are true."""
        is_coarse = self.facts.audience.is_money_coarse
        number = None if amount is None else float(amount)
        return self.numbers.plain(number) if is_coarse else self.numbers.decimal(number)

    def short_people(self, count: int | None) -> str:
        """Return a number of people to be read at a glance."""
        return self.too_few if count is None else self.numbers.compact(count, self.people(count))

    def short_money(self, amount: Decimal | None) -> str:
        """Return an amount to be read at a glance."""
        exact = self.money(amount)
        return exact if amount is None else self.numbers.compact(float(amount), exact)

    def short_total(self, total: Total) -> str:
        """Return a total of people to be read at a glance."""
        exact = self.total(total)
        if total.count is None or not total.is_exact:
            return exact
        return self.numbers.compact(total.count, exact)

    def lift(self, segment: Segment) -> str:
        """Return the lift of a segment."""
        return self.numbers.decimal(segment.lift)

    def median(self, feature: str, value: float) -> str:
        """Return the median of a feature as its kind of number is written."""
        how = kind(feature)
        if how == "rate":
            return self.numbers.percent(value)
        if how in ("money", "level"):
            return self.numbers.decimal(value)
        if float(value).is_integer():
            return self.numbers.integer(int(value))
        return self.numbers.decimal(value, 1)

    def signed(self, number: float, digits: int = 1) -> str:
        """Return a number with its sign; nearly nothing has none."""
        text = self.numbers.decimal(abs(number), digits)
        if not round(number, digits):
            return text
        return ("+" if number > 0 else "\u2212") + text

    def trait(self, trait: Trait, *, of: str | None = None) -> str:
        """Return one trait in words; beside those who have the feature, or beside the buyers."""
        strength = next(word for least, word in _PLACES if abs(trait.deviation) >= least)
        side = "above" if trait.deviation > 0 else "below"
        return self.words.text(
            "trait",
            feature=self.words.label(trait.feature),
            median=self.median(trait.feature, trait.median),
            place=self.words.text(strength + side),
            everyone=self.words.text(
                f"of_{of or population(trait.feature)}",
                median=self.median(trait.feature, trait.everyone),
            ),
        )

    def name(self, segment: Segment) -> str:
        """Return the name of a segment."""
        return segment.names[self.words.language]

    def name_of(self, segment_id: int) -> str:
        """Return the name of a segment of the current model."""
        return next(self.name(one) for one in self.facts.segments if one.segment_id == segment_id)

    def response(self, segment: Segment) -> str:
        """Return what a campaign has to know: how many there are, and how many bought last time."""
        size = self.words.text("action_size", customers=self.people(segment.user_count))
        values = self.facts.sections["value"]
        if values is None:
            return f"{size} {self.words.text('action_unmeasured')}"
        latest = values.latest
        found = {one.segment_id: one.buying for one in latest.segments}
        buying = found.get(segment.segment_id)
        if buying is None:
            return f"{size} {self.words.text('action_hidden')}"
        past = self.words.text(
            "action_response",
            snapshot_date=self.numbers.date(latest.snapshot_date),
            rate=self.numbers.percent(buying.value),
            average=self.numbers.percent(latest.average["buying"]),
        )
        return f"{size} {past}"

    def headline(self, segment: Segment) -> str:
        """Return the one sentence that says how much a segment matters."""
        if segment.is_small:
            return self.words.text("headline_small", minimum=self.facts.min_group_size)
        if segment.user_share is None:
            return self.words.text("headline_untold", customers=self.people(segment.user_count))
        customers = self.numbers.percent(segment.user_share)
        if segment.revenue_share is None:
            key = "segment_money_untold" if self.facts.policy.is_public else "few_buyers"
            return self.words.text("headline_customers", customers=customers) + (
                " " + self.words.text(key, minimum=self.facts.min_group_size)
            )
        revenue = self.numbers.percent(segment.revenue_share)
        return self.words.text("headline", customers=customers, revenue=revenue)
