"""Each segment on a page of its own: who they are, what they do, and what to do about it."""

from __future__ import annotations

from pipeline.reporting.kit.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Picture,
    Table,
    Tile,
    Tiles,
)
from pipeline.reporting.kit.document import Display, Part
from pipeline.reporting.kit.svg import Chart, segment_colour
from pipeline.reporting.segment_report.disclosure.amounts import users_of
from pipeline.reporting.segment_report.lifecycle.disclosure import untold_states
from pipeline.reporting.segment_report.pages.charts import WeekCharts, week_of
from pipeline.reporting.segment_report.pages.disclosure import told_characters
from pipeline.reporting.segment_report.pages.facts import Character, Favourite, gather_characters
from pipeline.reporting.segment_report.pages.forecast import Forecast
from pipeline.reporting.segment_report.pages.journeys import Journeys
from pipeline.reporting.segment_report.profiles.facts import Segment
from pipeline.reporting.segment_report.section import Section, Store


class View(Section):
    """Writes a page for each segment that is no small group."""

    key = "pages"
    own: dict[int, Character]

    @classmethod
    def gather(cls, store: Store, /) -> dict[int, Character]:
        """Return what each segment is like."""
        return gather_characters(store.connection)

    @classmethod
    def disclose(cls, exact: dict[int, Character], store: Store, /) -> dict[int, Character]:
        """Return it without what may not be shown."""
        lifecycle = store.sections.get("lifecycle")
        everybody = users_of(store.parts.each, store.policy)
        untold = untold_states(lifecycle, store.policy, everybody) if lifecycle else ()
        return told_characters(exact, store.parts, store.policy, untold)

    def charts(self) -> dict[str, Chart | None]:
        """Return the week of every segment."""
        charts = WeekCharts(self.figures)
        return {
            week_of(one.segment_id): charts.week(self.figures.name(one), self._character(one))
            for one in self.facts.segments
            if not one.is_small
        }

    def parts(self, *, is_folded: bool) -> list[Part]:
        """Return one page for each segment."""
        del is_folded
        return [
            Part(
                page_key(one),
                self.text("title", name=self.figures.name(one)),
                tuple(self._page(one)),
                Display.PAGE,
                segment_colour(place),
            )
            for place, one in enumerate(self.facts.segments)
            if not one.is_small
        ]

    def blocks(self) -> list[Block]:
        """Return all pages, one after the other."""
        return [block for part in self.parts(is_folded=False) for block in part.blocks]

    def _character(self, segment: Segment) -> Character:
        return self.own.get(segment.segment_id, Character())

    def _page(self, segment: Segment) -> list[Block]:
        character = self._character(segment)
        return [
            Paragraph(self.figures.headline(segment), is_strong=True),
            self._tiles(segment),
            *self._action(segment),
            *self._differences(segment, character),
            *self._states(character),
            *self._week(segment, character),
            *self._favourites(character),
            *self._prices(character),
            *Journeys(self.figures).blocks(segment),
            *Forecast(self.figures).blocks(segment),
        ]

    def _tiles(self, segment: Segment) -> Tiles:
        figures, percent = self.figures, self.numbers.percent
        found = (
            (figures.short_people(segment.user_count), "customers"),
            (figures.short_money(segment.revenue), "revenue"),
            (figures.lift(segment), "lift"),
            (percent(segment.buyer_rate), "buyer_rate"),
        )
        return Tiles(tuple(Tile(value, self.text(f"tile_{key}")) for value, key in found))

    def _action(self, segment: Segment) -> list[Block]:
        """Return what to do, with whom, and how that can be tested fairly."""
        language = self.words.language
        return [
            Heading(self.words.text("action")),
            Paragraph(segment.actions[language]),
            Paragraph(self.figures.response(segment)),
            Paragraph(Forecast(self.figures).experiment(segment)),
        ]

    def _differences(self, segment: Segment, character: Character) -> list[Block]:
        """Return what sets the segment apart from everyone, and from the buyers; and its rule."""
        all_of_them = tuple(self.figures.trait(one) for one in segment.traits)
        buyers = tuple(self.figures.trait(one, of="buyers") for one in character.contrasts)
        blocks: list[Block] = [self.heading("against_all")]
        blocks.append(Bullets(all_of_them or (self.words.text("no_traits"),)))
        if buyers:
            blocks += [self.heading("against_buyers"), Bullets(buyers)]
        if rule := segment.rules.get(self.words.language):
            blocks += [Heading(self.words.text("rule")), Paragraph(rule)]
        return blocks

    def _states(self, character: Character) -> list[Block]:
        if not character.states:
            return []
        headings = (self.words.text("lifecycle_state"), self.text("members"), self.text("share"))
        rows = tuple(
            (
                self.words.text(f"lifecycle_{one.state}"),
                self._people(one.user_count),
                self.numbers.percent(one.user_share),
            )
            for one in character.states
        )
        return [self.heading("states"), Table(headings, rows)]

    def _people(self, count: int | None) -> str:
        if count is None and self.facts.policy.is_public:
            return self.words.text("untold")
        return self.figures.people(count)

    def _week(self, segment: Segment, character: Character) -> list[Block]:
        shares = {at: one.share for at, one in character.hours.items() if one.share}
        if not shares:
            return []
        days, names = character.days, self.numbers.weekdays()
        day, hour = max(shares, key=lambda at: (shares[at], at))
        busiest = max(days, key=lambda at: (days[at], at))
        text = self.paragraph(
            "busiest",
            day=names[busiest - 1],
            share=self.numbers.percent(days[busiest]),
            weekday=names[day - 1],
            hour=hour,
        )
        few = any(one.share is None for one in character.hours.values())
        note = self.remark("week_hidden", minimum=self.facts.min_group_size)
        picture = Picture(week_of(segment.segment_id))
        return [self.heading("week"), text, picture, *([note] if few else [])]

    def _favourites(self, character: Character) -> list[Block]:
        """Return the categories and brands that members look at most; of a file without, none."""
        blocks: list[Block] = []
        for name, found in (("category", character.categories), ("brand", character.brands)):
            if found:
                headings = tuple(self.text(key) for key in (name, f"{name}_here", f"{name}_all"))
                blocks.append(Table(headings, tuple(self._favourite(one) for one in found)))
        return (
            [self.heading("favourites"), *blocks, self.remark("favourites_note")]
            if (blocks)
            else []
        )

    def _prices(self, character: Character) -> list[Block]:
        """Return what they spend and look at, beside all buyers."""
        if not character.prices:
            return []
        rows = tuple(
            (
                self.words.label(one.feature),
                self.figures.median(one.feature, one.median),
                self.figures.median(one.feature, one.everyone),
            )
            for one in character.prices
        )
        headings = tuple(self.text(key) for key in ("price", "price_here", "price_buyers"))
        return [self.heading("prices"), Table(headings, rows)]

    def _favourite(self, one: Favourite) -> tuple[str, ...]:
        percent = self.numbers.percent
        name = one.name if one.has_name else self.text("unnamed", key=one.name)
        return name, percent(one.event_share), percent(one.everyone_share)


def page_key(segment: Segment) -> str:
    """Return the name by which a link aims at the page of a segment."""
    return f"segment-{segment.segment_id}"
