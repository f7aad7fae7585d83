"""In what the segments differ: feature by feature, and on the axes of the model."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Bullets, Paragraph, Picture
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.profiles.charts import SegmentCharts
from pipeline.reporting.segment_report.section import Section

# Features named when a component is put into words, and the weight below which none is.
_WEIGHT_COUNT = 3
_LEAST_WEIGHT = 0.25


class View(Section):
    """Writes where the segments lie."""

    key = "differences"

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        charts = SegmentCharts(self.figures)
        return {"profiles": charts.profiles(), "places": charts.places()}

    def blocks(self) -> list[Block]:
        """Return the section."""
        components = self.facts.model.components
        missing = [Paragraph(self.words.text(key)) for key in self._no_places()]
        readings = tuple(self._reading(place) for place in range(min(2, len(components))))
        return [Picture("profiles"), Picture("places"), *missing, Bullets(readings)]

    def _no_places(self) -> list[str]:
        """Return why no customers are drawn, where they are not."""
        if len(self.facts.model.components) < 2:
            return ["chart_places_missing"]
        return ["chart_places_public"] if self.facts.policy.is_public else []

    def _reading(self, place: int) -> str:
        model = self.facts.model
        weights = sorted(
            zip(model.feature_names, model.components[place], strict=True),
            key=lambda pair: -abs(pair[1]),
        )[:_WEIGHT_COUNT]
        heavy = [pair for pair in weights if abs(pair[1]) >= _LEAST_WEIGHT] or weights[:1]
        phrases = []
        for key, names in (
            ("more", [name for name, weight in heavy if weight > 0]),
            ("less", [name for name, weight in heavy if weight <= 0]),
        ):
            if names:
                labels = ", ".join(_lower_first(self.words.input(name)[0]) for name in names)
                phrases.append(self.words.text(key, features=labels))
        return self.words.text(
            "component_reads",
            number=place + 1,
            share=self.numbers.percent(model.explained_variance_ratios[place]),
            weights=", ".join(phrases),
        )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
