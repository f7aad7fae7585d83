"""Whether the data has moved, in words and a table."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.blocks import Block, Table
from pipeline.reporting.segment_report.disclosure.amounts import hides_trained
from pipeline.reporting.segment_report.drift.facts import Drift, FeatureDrift, gather_drift
from pipeline.reporting.segment_report.section import Section, Store

# Below half a hundredth an index reads as 0.00.
_NOTHING = 0.005


class View(Section):
    """Writes how far today's customers are from those who trained the model."""

    key = "drift"
    own: Drift

    @classmethod
    def gather(cls, store: Store, /) -> Drift:
        """Return how far each feature has moved."""
        return gather_drift(store.connection)

    @classmethod
    def disclose(cls, exact: Drift, store: Store, /) -> Drift:
        """Leave out what chance alone gives, where the number of customers follows from it."""
        if not hides_trained(store.parts, store.policy):
            return exact
        return Drift(tuple(replace(one, noise=None) for one in exact.features))

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where nothing can be compared."""
        drift = self.own
        if not drift.features:
            return [self.paragraph("missing")]
        headings = (self.words.text("feature"), *map(self.text, ("psi", "noise", "moved")))
        rows = tuple(self._row(one) for one in drift.features)
        return [self.paragraph("lead"), self._verdict(), Table(headings, rows)]

    def _verdict(self) -> Block:
        drift = self.own
        if drift.drifted:
            named = [
                self.text("one", feature=self._label(one), psi=self.numbers.decimal(one.psi))
                for one in drift.drifted
            ]
            return self.paragraph("some", features=", ".join(named))
        highest = drift.features[0]
        if highest.psi < _NOTHING:
            return self.paragraph("same")
        psi = self.numbers.decimal(highest.psi)
        return self.paragraph("none", psi=psi, feature=self._label(highest))

    def _row(self, one: FeatureDrift) -> tuple[str, ...]:
        moved = self.text("yes" if one.is_drifted else "no")
        decimal = self.numbers.decimal
        return self._label(one), decimal(one.psi, 3), decimal(one.noise, 3), moved

    def _label(self, one: FeatureDrift) -> str:
        return self.words.input(one.feature)[0]
