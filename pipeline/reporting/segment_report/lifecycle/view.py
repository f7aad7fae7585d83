"""Where every customer stands, in words and a table."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import Block, Picture, Table
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.disclosure.amounts import users_of
from pipeline.reporting.segment_report.lifecycle.charts import LifecycleCharts
from pipeline.reporting.segment_report.lifecycle.disclosure import told_lifecycle
from pipeline.reporting.segment_report.lifecycle.facts import (
    Lifecycle,
    Rules,
    State,
    gather_lifecycle,
)
from pipeline.reporting.segment_report.section import Section, Store


class View(Section):
    """Writes how many customers are in each state."""

    key = "lifecycle"
    own: Lifecycle | None

    @classmethod
    def gather(cls, store: Store, /) -> Lifecycle | None:
        """Return how many customers are in each state."""
        return gather_lifecycle(store.connection)

    @classmethod
    def disclose(cls, exact: Lifecycle | None, store: Store, /) -> Lifecycle | None:
        """Return them without what may not be shown."""
        return (
            told_lifecycle(exact, store.policy, users_of(store.parts.each, store.policy))
            if exact
            else None
        )

    def charts(self) -> dict[str, Chart | None]:
        """Return the picture of the section."""
        snapshots = self.own.snapshots if self.own else ()
        return {"lifecycle_months": LifecycleCharts(self.figures).months(snapshots)}

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where the warehouse knows of no states."""
        lifecycle = self.own
        if lifecycle is None:
            return [self.paragraph("missing")]
        rules = lifecycle.rules
        found = [
            self.paragraph("lead", shortest=self.numbers.integer(rules.shortest_rhythm_days)),
            self._rhythm(rules),
            self._table(lifecycle),
            Picture("lifecycle_months"),
        ]
        if lifecycle.automatic_user_count != 0:
            customers = self.figures.people(lifecycle.automatic_user_count)
            found.append(self.remark("automatic", customers=customers))
        return found

    def _rhythm(self, rules: Rules) -> Block:
        days = self._number(round(rules.rhythm_days, 1))
        if rules.repeat_buyer_count == 0:
            return self.paragraph("default", days=days)
        return self.paragraph("rhythm", days=days, customers=self._people(rules.repeat_buyer_count))

    def _table(self, lifecycle: Lifecycle) -> Table:
        headings = ("state", "meaning", "customers", "share", "revenue")
        return Table(
            tuple(self.text(name) for name in headings),
            tuple(self._row(state, lifecycle.rules) for state in lifecycle.states),
            text_columns=2,
        )

    def _row(self, state: State, rules: Rules) -> tuple[str, ...]:
        return (
            self.text(state.name),
            self.text(
                f"{state.name}_meaning",
                at_risk=self._number(rules.at_risk_after),
                lapsed=self._number(rules.lapsed_after),
                lost=self._number(rules.lost_after),
            ),
            self._people(state.user_count),
            self.numbers.percent(state.user_share),
            self.numbers.percent(state.revenue_share),
        )

    def _people(self, count: int | None) -> str:
        # In public not only what is small is hidden.
        if count is None and self.facts.policy.is_public:
            return self.words.text("untold")
        return self.figures.people(count)

    def _number(self, value: float) -> str:
        if float(value).is_integer():
            return self.numbers.integer(int(value))
        return self.numbers.decimal(value, 1)
