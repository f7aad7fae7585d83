"""Why the model reads what it reads, in words and tables."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.model_features.columns import Column
from pipeline.reporting.segment_report.model_features.disclosure import told_reading
from pipeline.reporting.segment_report.model_features.facts import Reading, gather_reading
from pipeline.reporting.segment_report.model_features.likeness import Likeness
from pipeline.reporting.segment_report.section import Section, Store

_STABLE = 0.1


class View(Section):
    """Writes what speaks for and against the features of the model."""

    key = "reading"
    own: Reading

    @classmethod
    def gather(cls, store: Store, /) -> Reading:
        """Return what speaks for the features."""
        return gather_reading(store.connection)

    @classmethod
    def disclose(cls, exact: Reading, store: Store, /) -> Reading:
        """Return them without what may not be shown."""
        return told_reading(exact, store.policy)

    def blocks(self) -> list[Block]:
        """Return the section."""
        reading = self.own
        names = [name for name in self.facts.model.feature_names if name not in reading.constants]
        questions = tuple(self.words.input(name) for name in names)
        return [
            self.paragraph("text", count=len(names)),
            *self._constants(reading),
            Table((self.words.text("feature"), self.text("question")), questions, text_columns=2),
            self.heading("alike"),
            *self._alike(reading),
            *self._columns(reading),
            self.heading("stable"),
            *self._stable(reading),
        ]

    def _constants(self, reading: Reading) -> list[Block]:
        if not reading.constants:
            return []
        names = self.words.text("separator").join(
            self.words.input(name)[0] for name in reading.constants
        )
        return [self.paragraph("constants", names=names)]

    def _alike(self, reading: Reading) -> list[Block]:
        if not reading.correlations:
            return [self.paragraph("alike_missing")]
        threshold = self.numbers.decimal(reading.threshold, 1)
        above = [one for one in reading.correlations if one.is_close]
        if not above:
            pair = self._names(reading.correlations[0])
            return [self.paragraph("alike_none", threshold=threshold, **pair)]
        pairs = self.words.text("separator").join(self._pair(one) for one in above)
        blocks: list[Block] = [self.paragraph("alike_some", threshold=threshold, pairs=pairs)]
        if any(one.without_shared_zeros is not None for one in above):
            blocks.append(self.paragraph("zeros_note"))
        return blocks

    def _pair(self, one: Likeness) -> str:
        if one.without_shared_zeros is None:
            return self.text("pair", **self._names(one))
        without = self.numbers.decimal(one.without_shared_zeros).replace("-", "\u2212")
        return self.text("pair_zeros", without=without, **self._names(one))

    def _names(self, one: Likeness) -> dict[str, str]:
        return {
            "first": self.words.input(one.name)[0],
            "second": self.words.input(one.other)[0],
            "value": self.numbers.decimal(one.value).replace("-", "\u2212"),
        }

    def _columns(self, reading: Reading) -> list[Block]:
        """Return every column that the model could read, and what became of it."""
        if not reading.columns:
            return []
        keys = ("model", "closest", "rho", "latest", "transform", "bounds")
        headings = (self.words.text("feature"), *map(self.text, keys))
        rows = tuple(self._column(one) for one in reading.columns)
        blocks: list[Block] = [
            self.heading("columns"),
            self.paragraph(
                "columns_text",
                count=self.numbers.integer(reading.sample_size),
                threshold=self.numbers.decimal(reading.threshold, 1),
            ),
            Table(headings, rows, text_columns=3),
        ]
        if not any(one.bounds for one in reading.columns):
            blocks.append(self.remark("bounds_hidden", minimum=self.facts.min_group_size))
        return blocks

    def _column(self, one: Column) -> tuple[str, ...]:
        return (
            self.words.input(one.name)[0],
            self._use(one),
            self.words.input(one.closest)[0] if one.closest else NOTHING,
            self.numbers.decimal(one.rho).replace("-", "\u2212"),
            self.numbers.decimal(one.psi, 3),
            self.text(one.transform),
            self._range(one.bounds),
        )

    def _use(self, one: Column) -> str:
        if one.name in self.own.constants:
            return self.text("constant")
        return self.text("kept" if one.is_read else "left_out")

    def _range(self, bounds: tuple[float, float] | None) -> str:
        if bounds is None:
            return NOTHING
        lower, upper = (self.numbers.decimal(bound, 0 if bound >= 100 else 2) for bound in bounds)
        return self.text("range", lower=lower, upper=upper)

    def _stable(self, reading: Reading) -> list[Block]:
        found = reading.stabilities
        if not found:
            return [self.paragraph("stable_missing")]
        stable = sum(one.latest < _STABLE for one in found)
        verdict = (
            self.text("stable_all")
            if stable == len(found)
            else self.text("stable_some", stable=stable, count=len(found))
        )
        rows = tuple(
            (
                self.words.input(one.feature)[0],
                self.numbers.decimal(one.latest, 3),
                self.numbers.decimal(one.largest, 3),
            )
            for one in found
        )
        date = self.numbers.date
        return [
            self.paragraph(
                "stable_text",
                former=date(reading.former_date),
                later=date(reading.later_date),
                verdict=verdict,
            ),
            Table((self.words.text("feature"), *map(self.text, ("latest", "largest"))), rows),
        ]
