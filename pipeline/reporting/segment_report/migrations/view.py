"""Who moved, in words and tables."""

from __future__ import annotations

from dataclasses import replace

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph, Picture, Table
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.migrations.charts import MoveCharts
from pipeline.reporting.segment_report.migrations.disclosure import told_move
from pipeline.reporting.segment_report.migrations.facts import (
    Migrations,
    Move,
    Place,
    gather_migrations,
)
from pipeline.reporting.segment_report.section import Section, Store


class View(Section):
    """Writes who moved between the last two months, and between the last two models."""

    key = "migrations"
    own: Migrations

    @classmethod
    def gather(cls, store: Store, /) -> Migrations:
        """Return who moved, and which segments are new."""
        return gather_migrations(store.connection)

    @classmethod
    def disclose(cls, exact: Migrations, store: Store, /) -> Migrations:
        """Return them without what may not be shown."""
        return replace(
            exact, migrations=tuple(told_move(move, store.policy) for move in exact.migrations)
        )

    def charts(self) -> dict[str, Chart | None]:
        """Return the picture of the section."""
        return {"migrations": MoveCharts(self.figures).flows(self.own.migrations)}

    def blocks(self) -> list[Block]:
        """Return the section; one sentence where there is nothing to compare."""
        migrations = {move.kind: move for move in self.own.migrations}
        if not migrations:
            return [self.paragraph("missing"), *self._registered()]
        share = next(iter(migrations.values())).sampled_share
        sample = self.text("all" if share >= 1 else "sample", share=self.numbers.percent(share))
        blocks: list[Block] = [self.paragraph("lead", sample=sample)]
        for kind in ("month", "model"):
            blocks += self._move(migrations[kind]) if kind in migrations else self._none(kind)
        blocks += self._registered()
        if any(move.hides for move in migrations.values()):
            blocks.append(self.hidden(mark=self.text("mark")))
        return blocks

    def _none(self, kind: str) -> list[Block]:
        registry = self.own.registry
        if kind == "model" and registry and registry.former_version is not None:
            return [self.paragraph("unreadable_model", former=registry.former_version)]
        return [self.paragraph(f"no_{kind}")]

    def _registered(self) -> list[Block]:
        """Name the segments that the current model added, and those that it lost."""
        registry = self.own.registry
        if registry is None or registry.former_version is None:
            return []
        versions = {"former": registry.former_version, "later": registry.version}
        sentences = [
            self.text(key, names=", ".join(map(self._quoted, names)), **versions)
            for key, names in (("new", registry.new), ("retired", registry.retired))
            if names
        ]
        return [Paragraph(" ".join(sentences or [self.text("same_segments", **versions)]))]

    def _quoted(self, names: dict[str, str]) -> str:
        return self.text("quoted", name=names[self.words.language])

    def _move(self, move: Move) -> list[Block]:
        date = self.numbers.date
        ends = {"former": date(move.from_date), "later": date(move.to_date)}
        if move.kind == "model":
            ends = {"former": f"{move.from_version}", "later": f"{move.to_version}"}
        blocks: list[Block] = [
            Heading(self.text(move.kind, **ends)),
            self.paragraph(f"{move.kind}_text"),
            *([Picture("migrations")] if move.kind == "month" else []),
            self._table(move),
        ]
        if move.stayed is not None:
            blocks.append(self.paragraph("stayed", share=self.numbers.percent(move.stayed)))
        return blocks

    def _table(self, move: Move) -> Table:
        later = [self._later(place) for place in move.later]
        rows = [
            (self._former(move, place), *(self._count(count) for count in counts))
            for place, counts in zip(move.former, move.counts, strict=True)
        ]
        return Table((self.text("from"), *later), tuple(rows))

    def _former(self, move: Move, place: Place) -> str:
        if place in move.names:
            return move.names[place][self.words.language]
        return self.text("without" if place.is_seen else "not_seen_yet")

    def _later(self, place: Place) -> str:
        if place.segment_id is None:
            return self.text("without")
        return self.figures.name_of(place.segment_id)

    def _count(self, count: int | None) -> str:
        return self.text("mark") if count is None else self.numbers.integer(count)
