"""On whom the model was trained, and what it keeps of the features."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph, Picture
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.method.charts import ModelCharts
from pipeline.reporting.segment_report.section import Section


class View(Section):
    """Writes how the model was made."""

    key = "method"

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        return {"variance": ModelCharts(self.figures).variance()}

    def blocks(self) -> list[Block]:
        """Return the section."""
        return [
            Heading(self.words.text("method_training")),
            Paragraph(self._training()),
            Heading(self.words.text("method_components")),
            Paragraph(self._components()),
            Picture("variance"),
        ]

    def _training(self) -> str:
        """Return on whom the model was trained."""
        model = self.facts.model
        return self.words.text(
            "training_text",
            version=model.version,
            training=self.figures.total(model.training_user_count),
            eligible=self.figures.total(model.eligible_user_count),
            as_of=self.numbers.date(model.as_of),
        )

    def _components(self) -> str:
        """Return how many components are kept, and why."""
        model = self.facts.model
        values = {
            "kept": len(model.components),
            "count": len(model.explained_variance_ratios),
            "share": self.numbers.percent(model.kept_variance),
        }
        threshold = model.settings.get("explained_variance")
        if threshold is None:
            return self.words.text("components_text_bare", **values)
        return self.words.text(
            "components_text", threshold=self.numbers.short_percent(threshold), **values
        )
