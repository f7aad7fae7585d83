"""How good the model is, in one table: what was measured, and what it had to reach."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Paragraph, Table
from pipeline.reporting.kit.numbers import NOTHING
from pipeline.reporting.segment_report.figures import Figures

# How well the segments come back, how far apart they are, how large the smallest is.
_CRITERIA = (
    "smallest_jaccard",
    "prediction_strength",
    "adjusted_rand",
    "silhouette",
    "silhouette_gain",
    "inertia_gain",
    "smallest_share",
)
_SHARES = {"smallest_share"}
_SCHEMES = ("segment", "rfm_group", "rfm_cell", "boosting")


class Metrics:
    """Writes the metrics of the current model."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers

    def blocks(self) -> list[Block]:
        """Return the verdict and the table."""
        keys = ("metric", "value", "needed")
        headings = tuple(self.words.text(f"card_{key}") for key in keys)
        rows = (*self._criteria(), *self._outcomes(), *self._label_stability(), *self._drift())
        verdict = self.facts.sections["number"].verdict or "unknown"
        return [
            Paragraph(self.words.known("card_verdict", verdict)),
            Table(headings, tuple(rows)),
        ]

    def _criteria(self) -> list[tuple[str, str, str]]:
        model, thresholds = self.facts.model, self.facts.sections["number"].thresholds
        found = model.evaluations.get(model.segment_count, {})
        return [
            (
                self._criterion(name),
                self._figure(name, found[name]),
                self._figure(name, thresholds.get(name)),
            )
            for name in _CRITERIA
            if name in found
        ]

    def _criterion(self, name: str) -> str:
        key = "silhouette_name" if name == "silhouette" else name
        return self.words.known("number", key).strip()

    def _figure(self, name: str, value: float | None) -> str:
        if value is None:
            return NOTHING
        if name in _SHARES:
            return self.numbers.percent(value)
        return self.numbers.decimal(value, 3).replace("-", "\u2212")

    def _outcomes(self) -> list[tuple[str, str, str]]:
        """Return what each scheme explains of next month's revenue, at the last snapshot date."""
        values = self.facts.sections["value"]
        if values is None or not values.shares:
            return []
        latest = values.shares[-1]
        return [
            (
                self.words.text(
                    "card_explained",
                    scheme=self.words.text(f"value_{scheme}"),
                    snapshot_date=self.numbers.date(latest.snapshot_date),
                ),
                self.numbers.percent(latest.shares[scheme]),
                NOTHING,
            )
            for scheme in _SCHEMES
            if latest.shares.get(scheme) is not None
        ]

    def _label_stability(self) -> list[tuple[str, str, str]]:
        """Return how many customers have their final label at the threshold."""
        found = self.facts.sections["label_stability"].at(self.facts.min_events)
        if found is None:
            return []
        name = self.words.text("card_agreement", events=found.event_count)
        return [(name, self.numbers.percent(found.share), NOTHING)]

    def _drift(self) -> list[tuple[str, str, str]]:
        """Return how far the feature has moved that moved most."""
        features = self.facts.sections["drift"].features
        if not features:
            return []
        first = features[0]
        name = self.words.text("card_drift", feature=self.words.input(first.feature)[0])
        return [(name, self.numbers.decimal(first.psi, 3), NOTHING)]
