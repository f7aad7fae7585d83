"""The tables of the report: headings, rows of text, and how many columns are text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.report.features import OTHER_FEATURES, in_order
from pipeline.report.figures import Figures
from pipeline.report.ledger import LoadedFile
from pipeline.report.segments import Segment


@dataclass(frozen=True)
class Table:
    """One table; the first `text_columns` are aligned left. The last row may be a total."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    text_columns: int = 1
    has_total: bool = False
    marked_row: int | None = None


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
        return self._table(keys, [self._segment(one) for one in self.facts.segments])

    def _segment(self, segment: Segment) -> tuple[str, ...]:
        figures = self.figures
        return (
            figures.name(segment),
            figures.people(segment.user_count),
            figures.people_share(segment.user_share),
            figures.money(segment.revenue),
            figures.revenue_share(segment.revenue_share),
            figures.lift(segment),
            self.numbers.percent(segment.buyer_rate),
            figures.money(segment.revenue_per_user),
        )

    def features(self) -> Table:
        """Return the features that the model reads, each with its question."""
        rows = [self.words.input(name) for name in self.facts.model.feature_names]
        return self._table(("feature", "why"), rows, text_columns=2)

    def evaluation(self) -> Table:
        """Return every criterion for every number of segments."""
        model = self.facts.model
        names = [self.words.known("criterion", name).capitalize() for name in model.criteria]
        drops = inertia_drops(model.series("inertia"))
        headings, rows = [self.words.text("criterion_k"), *names], []
        if drops:
            headings.insert(2, self.words.text("criterion_inertia_drop"))
        for k, values in sorted(model.evaluations.items()):
            row = [f"{k}", *(self._criterion(name, values.get(name)) for name in model.criteria)]
            if drops:
                row.insert(2, self.numbers.percent(drops.get(k)))
            if k == model.segment_count:
                row[0] += f" ({self.words.text('chosen_mark')})"
            rows.append(tuple(row))
        ks = sorted(model.evaluations)
        chosen = ks.index(model.segment_count) if model.segment_count in ks else None
        return Table(tuple(headings), tuple(rows), marked_row=chosen)

    def _criterion(self, name: str, value: float | None) -> str:
        if name == "smallest_share":
            return self.figures.too_few if value is None else self.figures.people_share(value)
        highest = max(self.facts.model.series(name).values(), default=0.0)
        digits = 0 if highest >= 1000 else 3
        return self.numbers.decimal(value, digits)

    def files(self) -> Table:
        """Return the ledger, with its total."""
        keys = ("file", "lines", "kept", "duplicates", "rejected", "revenue", "first_event")
        ledger = self.facts.ledger
        rows = [self._file(file, file.source_file) for file in ledger.files]
        has_total = len(rows) > 1
        if has_total:
            rows.append(self._file(ledger.total, self.words.text("total")))
        return self._table((*keys, "last_event"), rows, has_total=has_total)

    def _file(self, file: LoadedFile, name: str) -> tuple[str, ...]:
        return (
            name,
            self.numbers.integer(file.line_count),
            self.numbers.integer(file.kept_count),
            self.numbers.integer(file.duplicate_count),
            self.numbers.integer(file.rejected_count),
            self.figures.money(file.kept_revenue),
            self.numbers.date(file.first_event_at),
            self.numbers.date(file.last_event_at),
        )

    def rejections(self) -> Table:
        """Return the rejected lines by reason."""
        ledger = self.facts.ledger
        rows = [
            (
                self.words.known("reason", reason),
                self.numbers.integer(count),
                self.numbers.percent(count / ledger.total.line_count),
            )
            for reason, count in ledger.rejections.items()
        ]
        return self._table(("reason", "line_count", "line_share"), rows)

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
                figures.people_share(group.user_share),
                figures.revenue_share(group.revenue_share),
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


def inertia_drops(inertia: dict[int, float]) -> dict[int, float]:
    """Return by how much each step to k segments lowers the inertia of k - 1, as a share.

    Examples
    --------
    >>> inertia_drops({2: 100.0, 3: 60.0, 4: 54.0})
    {3: 0.4, 4: 0.1}
    """
    return {
        k: round(1 - value / inertia[k - 1], 9)
        for k, value in inertia.items()
        if inertia.get(k - 1)
    }
