"""Where the members of a segment were a month ago, and where those of then went."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.reporting.kit.blocks import Block, Heading, Paragraph, Table
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.migrations.facts import Move, Place
from pipeline.reporting.segment_report.profiles.facts import Segment


class Journeys:
    """Writes one row and one column of the table of those who moved."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.words, self.numbers = figures, figures.words, figures.numbers
        migrations = figures.facts.sections["migrations"].migrations
        self.move: Move | None = next((one for one in migrations if one.kind == "month"), None)

    def blocks(self, segment: Segment) -> list[Block]:
        """Return the two tables; none where no month came before."""
        move, here = self.move, Place(segment.segment_id)
        if move is None:
            return []
        dates = {
            "former": self.numbers.date(move.from_date),
            "later": self.numbers.date(move.to_date),
        }
        blocks: list[Block] = [Heading(self.words.text("pages_journeys", **dates))]
        if here in move.later:
            at = move.later.index(here)
            counts = [row[at] for row in move.counts]
            blocks.append(self._table("came_from", "from_there", move.former, counts))
        if here in move.former:
            row = move.counts[move.former.index(here)]
            blocks.append(self._table("went_to", "there_now", move.later, row))
        if len(blocks) == 1:
            return [*blocks, Paragraph(self.words.text("pages_no_journey"))]
        return blocks

    def _table(
        self, key: str, count: str, places: Sequence[Place], counts: Sequence[int | None]
    ) -> Table:
        """Return who came from where, or went where, most of them first; nobody is left out."""
        found = sorted(
            zip(places, counts, strict=True), key=lambda pair: -1 if pair[1] is None else pair[1]
        )
        mark = self.words.text("migrations_mark")
        rows = tuple(
            (self._name(place), mark if number is None else self.numbers.integer(number))
            for place, number in reversed(found)
            if number != 0
        )
        headings = (self.words.text(f"pages_{key}"), self.words.text(f"pages_{count}"))
        return Table(headings, rows)

    def _name(self, place: Place) -> str:
        if place.segment_id is None:
            return self.words.text(
                "migrations_without" if place.is_seen else "migrations_not_seen_yet"
            )
        return self.figures.name_of(place.segment_id)
