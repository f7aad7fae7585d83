"""What was loaded, what was refused, and that nothing was lost on the way."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph, Table
from pipeline.reporting.segment_report.data.facts import LoadedFile
from pipeline.reporting.segment_report.section import Section

# Days without logging that are listed; the rest are counted.
_SHOWN_GAPS = 5
# Files that lost money, likewise.
_SHOWN_FILES = 5


class View(Section):
    """Writes the ledger."""

    key = "data"

    def blocks(self) -> list[Block]:
        """Return the section."""
        ledger, audience, text = self.facts.ledger, self.facts.audience, self.words.text
        return [
            Heading(text("data_files")),
            self._files(),
            Paragraph(" ".join([*self._ledger(), self._event_types()])),
            Heading(text("data_rejected")),
            self._rejections() if ledger.rejections else Paragraph(text("nothing_rejected")),
            Heading(text("data_revenue")),
            self._revenues(),
            Paragraph(self._revenue()),
            Heading(text("data_unsegmented")),
            self._unsegmented() if audience.unsegmented else Paragraph(text("unsegmented_none")),
        ]

    def _files(self) -> Table:
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

    def _rejections(self) -> Table:
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

    def _revenues(self) -> Table:
        """Return the revenue at every step."""
        rows = [
            (self.words.text(f"step_{name}"), self.figures.money(revenue))
            for name, revenue in self.facts.ledger.revenues.items()
        ]
        return self._table(("step", "revenue"), rows)

    def _unsegmented(self) -> Table:
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

    def _ledger(self) -> list[str]:
        """Return where the lines went, and whether they add up."""
        ledger, number = self.facts.ledger, self.numbers.integer
        total = ledger.total
        identity = self.words.text(
            "ledger_identity",
            lines=number(total.line_count),
            kept=number(total.kept_count),
            duplicates=number(total.duplicate_count),
            rejected=number(total.rejected_count),
        )
        wrong = ", ".join(file.source_file for file in ledger.files if not file.is_balanced)
        verdict = (
            self.words.text("ledger_unbalanced", files=wrong)
            if wrong
            else self.words.text("ledger_balanced")
        )
        sentences = [identity, self._money_identity(), verdict, *self._lost_money()]
        if ledger.unreadable_category_count:
            count = number(ledger.unreadable_category_count)
            sentences.append(self.words.text("categories_unreadable", count=count))
        if ledger.gaps:
            sentences.append(self._gaps())
        return sentences

    def _money_identity(self) -> str:
        """Return where the revenue went."""
        total, money = self.facts.ledger.total, self.figures.money
        return self.words.text(
            "money_identity",
            read=money(total.read_revenue),
            kept=money(total.kept_revenue),
            duplicates=money(total.duplicate_revenue),
            rejected=money(total.refused_revenue),
        )

    def _lost_money(self) -> list[str]:
        """Return of which files a notable part of the revenue was rejected, and why most of it."""
        sentences = []
        lost = self.facts.ledger.lost_money
        for one in lost[:_SHOWN_FILES]:
            reason, amount = one.worst
            values = {
                "file": one.source_file,
                "share": self.numbers.percent(float(one.share)),
                "refused": self.figures.money(one.refused),
                "amount": self.figures.money(amount),
                "reason": self.words.known("reason", reason),
            }
            sentences.append(self.words.text("lost_money", **values))
        if len(lost) > _SHOWN_FILES:
            count = self.numbers.integer(len(lost))
            sentences.append(self.words.text("lost_money_more", count=count))
        return sentences

    def _gaps(self) -> str:
        """Return on which days the store's logging failed."""
        gaps = self.facts.ledger.gaps
        days = ", ".join(self.numbers.date(day) for day in gaps[:_SHOWN_GAPS])
        if len(gaps) == 1:
            return self.words.text("gap", day=days)
        if len(gaps) <= _SHOWN_GAPS:
            return self.words.text("gaps", days=days)
        return self.words.text("many_gaps", days=days, count=self.numbers.integer(len(gaps)))

    def _event_types(self) -> str:
        """Return the kept events by type."""
        found = [
            self.words.known("type", kind, count=self.numbers.integer(count))
            for kind, count in self.facts.ledger.events_by_type.items()
        ]
        return self.words.text("types_text", types=", ".join(found))

    def _revenue(self) -> str:
        """Return whether the revenue is the same at every step."""
        ledger = self.facts.ledger
        if not ledger.is_revenue_balanced:
            return self.words.text("revenue_differs")
        if not ledger.unseen_revenue:
            return self.words.text("revenue_same")
        return self.words.text(
            "revenue_same_unseen",
            as_of=self.numbers.date(self.facts.as_of),
            unseen=self.figures.money(ledger.unseen_revenue),
        )

    def _table(
        self, keys: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, has_total: bool = False
    ) -> Table:
        headings = tuple(self.words.text(key) for key in keys)
        return Table(headings, tuple(rows), has_total=has_total)
