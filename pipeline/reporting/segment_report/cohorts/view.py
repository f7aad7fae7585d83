"""Who came back, in words and grids."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Picture
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.cohorts.charts import CohortCharts, returned
from pipeline.reporting.segment_report.cohorts.disclosure import told_cohorts
from pipeline.reporting.segment_report.cohorts.facts import Cohort, gather_cohorts
from pipeline.reporting.segment_report.disclosure.amounts import users_of
from pipeline.reporting.segment_report.section import Section, Store


class View(Section):
    """Writes who came back to buy, of those who first bought in the same month."""

    key = "cohorts"
    own: tuple[Cohort, ...]

    @classmethod
    def gather(cls, store: Store, /) -> tuple[Cohort, ...]:
        """Return the cohorts."""
        return gather_cohorts(store.connection)

    @classmethod
    def disclose(cls, exact: tuple[Cohort, ...], store: Store, /) -> tuple[Cohort, ...]:
        """Return them without what may not be shown."""
        is_told = users_of(store.parts.each, store.policy).is_exact
        return told_cohorts(exact, store.policy, is_total_known=is_told)

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        charts = CohortCharts(self.figures)
        return {"cohorts_returned": charts.returning(), "cohorts_kept": charts.revenue()}

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where no month follows a first purchase."""
        if not any(len(one.months) > 1 for one in self.own):
            return [self.paragraph("missing" if self.own else "nobody")]
        blocks: list[Block] = [self.paragraph("lead"), *self._latest()]
        blocks += [self.heading("returned"), Picture("cohorts_returned")]
        blocks += [self.heading("kept"), Picture("cohorts_kept"), self.remark("note")]
        if any(month.buyer_count is None for one in self.own for month in one.months):
            blocks.append(self.hidden(mark=self.text("mark")))
        return blocks

    def _latest(self) -> list[Block]:
        """Return how many of the last cohort that can be told came back in the month after."""
        for cohort in reversed(self.own):
            share = returned(cohort, 1)
            if share is not None:
                month = self.numbers.month(cohort.month)
                return [self.paragraph("latest", month=month, share=self.numbers.percent(share))]
        return []
