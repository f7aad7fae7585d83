"""The tables of the report: headings, rows of text, and how many columns are text."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reporting.kit.blocks import Table
from pipeline.reporting.segment_report.data.facts import LoadedFile
from pipeline.reporting.segment_report.features import OTHER_FEATURES, in_order
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.profiles.facts import Segment


class Tables:
    """Makes the tables of some facts in one language."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers

    def segments(self) -> Table:
        """Return all segments side by side."""
        keys = (
            "segment",
            "customers",
            "customer_share",
            "revenue",
            "revenue_share",
            "lift",
            "buyer_rate",
            "revenue_per_customer",
        )
        rows = [*(self._segment(one) for one in self.facts.segments), self._labelled()]
        return self._table(keys, rows, has_total=True)

    def _segment(self, segment: Segment) -> tuple[str, ...]:
        figures = self.figures
        return (
            figures.name(segment),
            figures.people(segment.user_count),
            self.numbers.percent(segment.user_share),
            figures.part_money(segment.revenue),
            self.numbers.percent(segment.revenue_share),
            figures.lift(segment),
            self.numbers.percent(segment.buyer_rate),
            figures.part_money(segment.revenue_per_user),
        )

    def _labelled(self) -> tuple[str, ...]:
        labelled, percent = self.facts.audience.labelled, self.numbers.percent
        is_told = labelled.user_count.count is not None
        return (
            self.words.text("all_labelled"),
            self.figures.total(labelled.user_count),
            percent(1.0 if is_told else None),
            self.figures.part_money(labelled.revenue),
            percent(None if labelled.revenue is None else 1.0),
            self.numbers.decimal(1.0 if labelled.revenue else None),
            percent(labelled.buyer_rate),
            self.figures.part_money(labelled.revenue_per_user),
        )

    def files(self) -> Table:
        """Return the ledger, with its total."""
        keys = ("file", "lines", "kept", "duplicates", "rejected", "revenue")
        ledger = self.facts.ledger
        rows = [self._file(file, file.source_file) for file in ledger.files]
        has_total = len(rows) > 1
        if has_total:
            rows.append(self._file(ledger.total, self.words.text("total")))
        dates = ("refused_revenue", "first_event", "last_event")
        return self._table((*keys, *dates), rows, has_total=has_total)

    def _file(self, file: LoadedFile, name: str) -> tuple[str, ...]:
        return (
            name,
            self.numbers.integer(file.line_count),
            self.numbers.integer(file.kept_count),
            self.numbers.integer(file.duplicate_count),
            self.numbers.integer(file.rejected_count),
            self.figures.money(file.kept_revenue),
            self.figures.money(file.refused_revenue),
            self.numbers.date(file.first_event_at),
            self.numbers.date(file.last_event_at),
        )

    def rejections(self) -> Table:
        """Return the rejected lines by reason."""
        ledger = self.facts.ledger
        rows = [
            (
                self.words.known("reason", one.reason),
                self.numbers.integer(one.line_count),
                self.numbers.percent(one.line_count / ledger.total.line_count),
                self.figures.money(one.revenue),
            )
            for one in ledger.rejections
        ]
        return self._table(("reason", "line_count", "line_share", "refused_revenue"), rows)

    def revenues(self) -> Table:
        """Return the revenue at every step."""
        rows = [
            (self.words.text(f"step_{name}"), self.figures.money(revenue))
            for name, revenue in self.facts.ledger.revenues.items()
        ]
        return self._table(("step", "revenue"), rows)

    def unsegmented(self) -> Table:
        """Return the customers without a segment by reason."""
        figures = self.figures
        rows = [
            (
                self.words.known("unsegmented", group.reason, min_events=self.facts.min_events),
                figures.people(group.user_count),
                self.numbers.percent(group.user_share),
                self.numbers.percent(group.revenue_share),
            )
            for group in self.facts.audience.unsegmented
        ]
        return self._table(("reason", "customers", "share_of_customers", "share_of_revenue"), rows)

    def glossary(self) -> Table:
        """Return every feature with its unit and meaning."""
        profiled = {name for segment in self.facts.segments for name in segment.deviations}
        rows = []
        for name in (*in_order(profiled), *OTHER_FEATURES):
            label, unit, meaning = self.words.entry(name)
            rows.append((label, meaning, unit, name))
        return self._table(("feature", "meaning", "unit", "name_in_data"), rows, text_columns=4)

    def _table(
        self,
        keys: tuple[str, ...],
        rows: Sequence[tuple[str, ...]],
        *,
        text_columns: int = 1,
        has_total: bool = False,
    ) -> Table:
        headings = tuple(self.words.text(key) for key in keys)
        return Table(headings, tuple(rows), text_columns, has_total)
