"""The report in one language, as a document of its sections; and its pictures."""

from __future__ import annotations

from pipeline.reporting.kit.document import Chapter, Document
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.section import Section
from pipeline.reporting.segment_report.sections import CHAPTERS, all_sections, section_in


def sections(figures: Figures) -> dict[str, Section]:
    """Return the sections of the report in one language, by key.

    Parameters
    ----------
    figures : Figures
    """
    return {section.key: section(figures) for section in all_sections()}


def draw_charts(figures: Figures) -> dict[str, Chart]:
    """Return the pictures of all sections by name; one with nothing to show is left out.

    Parameters
    ----------
    figures : Figures
    """
    found = [section.charts() for section in sections(figures).values()]
    return {name: chart for charts in found for name, chart in charts.items() if chart}


def chapters(figures: Figures) -> tuple[Chapter, ...]:
    """Return the report in one language, in chapters of sections.

    Parameters
    ----------
    figures : Figures
    """
    text = figures.words.text
    return tuple(
        Chapter(
            plan.key,
            text(plan.key),
            tuple(
                part
                for folder in plan.folders
                for part in section_in(folder)(figures).parts(is_folded=folder in plan.folded)
            ),
            lead=text(f"{plan.key}_lead") if plan.has_lead else "",
        )
        for plan in CHAPTERS
    )


def document(figures: Figures) -> Document:
    """Return the report as a document.

    Parameters
    ----------
    figures : Figures
    """
    return Opening(figures).document()


class Opening:
    """Writes what stands above and below the sections."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers

    def document(self) -> Document:
        """Return the report."""
        text = self.words.text
        title, is_synthetic = text("title"), self.facts.is_synthetic
        return Document(
            language=self.words.language,
            title=title,
            window_title=f"{text('synthetic_title')} \u2013 {title}" if is_synthetic else title,
            notice=text("synthetic") if is_synthetic else "",
            lead=f"{self._period()} {self._origin()}",
            tiles=self._tiles(),
            chapters=chapters(self.figures),
            footer=self._privacy(),
        )

    def _tiles(self) -> tuple[tuple[str, str], ...]:
        audience, total = self.facts.audience, self.figures.short_total
        found = {
            "customers": total(audience.user_count),
            "labelled": total(audience.labelled.user_count),
            "segments": f"{len(self.facts.segments)}",
            "buyers": total(audience.buyer_count),
            "orders": self.figures.short_people(audience.order_count),
            "revenue": self.figures.short_money(audience.revenue),
        }
        return tuple((value, self.words.text(f"tile_{name}")) for name, value in found.items())

    def _period(self) -> str:
        """Return the period, and until when the customers are seen."""
        total, date = self.facts.ledger.total, self.numbers.date
        first, last = date(total.first_event_at), date(total.last_event_at)
        return self.words.text(
            "period_day" if first == last else "period",
            first=first,
            last=last,
            as_of=date(self.facts.as_of),
        )

    def _origin(self) -> str:
        """Return what was read and which model was used."""
        files = self.facts.ledger.files
        return self.words.counted(
            "origin",
            len(files),
            lines=self.numbers.integer(self.facts.ledger.total.line_count),
            files=self.numbers.integer(len(files)),
            version=self.facts.model.version,
        )

    def _privacy(self) -> str:
        """Return what is hidden from the readers, and for which readers that is enough."""
        key = "privacy_public" if self.facts.policy.is_public else "privacy_internal"
        general = self.words.text("privacy", minimum=self.facts.min_group_size)
        return f"{general} {self.words.text(key)}"
