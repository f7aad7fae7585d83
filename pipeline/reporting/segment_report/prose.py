"""The sentences that carry a figure: what was chosen, why, and what holds."""

from __future__ import annotations

from pipeline.reporting.segment_report.figures import Figures

# Features named when a component is put into words, and the weight below which none is.
_WEIGHT_COUNT = 3
_LEAST_WEIGHT = 0.25
# Days without logging that are listed; the rest are counted.
_SHOWN_HOLES = 5
# Files that lost money, likewise.
_SHOWN_FILES = 5


class Prose:
    """Writes the sentences of some facts in one language; each method returns one paragraph."""

    def __init__(self, figures: Figures) -> None:
        self.figures, self.facts = figures, figures.facts
        self.words, self.numbers = figures.words, figures.numbers

    def period(self) -> str:
        """Return the period, and until when the customers are seen."""
        total, date = self.facts.ledger.total, self.numbers.date
        first, last = date(total.first_event_at), date(total.last_event_at)
        return self.words.text(
            "period_day" if first == last else "period",
            first=first,
            last=last,
            as_of=date(self.facts.as_of),
        )

    def origin(self) -> str:
        """Return what was read and which model was used."""
        files = self.facts.ledger.files
        return self.words.text(
            "origin_one" if len(files) == 1 else "origin_many",
            lines=self.numbers.integer(self.facts.ledger.total.line_count),
            files=self.numbers.integer(len(files)),
            version=self.facts.model.version,
        )

    def rounding(self) -> list[str]:
        """Return what is rounded to protect a small group; empty when nothing is."""
        minimum, audience = self.facts.min_group_size, self.facts.audience
        notes = []
        if audience.is_tiny:
            notes.append(self.words.text("tiny_store", minimum=minimum))
        if audience.is_coarse:
            notes.append(self.words.text("rounded_people", minimum=minimum))
        if audience.is_money_coarse:
            notes.append(self.words.text("rounded_revenue", minimum=minimum))
        return notes

    def privacy(self) -> str:
        """Return what is hidden from the readers, and for which readers that is enough."""
        key = "privacy_public" if self.facts.policy.is_public else "privacy_internal"
        general = self.words.text("privacy", minimum=self.facts.min_group_size)
        return f"{general} {self.words.text(key)}"

    def training(self) -> str:
        """Return on whom the model was trained."""
        model = self.facts.model
        return self.words.text(
            "training_text",
            version=model.version,
            training=self.figures.total(model.training_user_count),
            eligible=self.figures.total(model.eligible_user_count),
            as_of=self.numbers.date(model.as_of),
        )

    def components(self) -> str:
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

    def component_readings(self) -> list[str]:
        """Return the first two components in words, by their heaviest features."""
        return [self._reading(place) for place in range(min(2, len(self.facts.model.components)))]

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

    def ledger(self) -> list[str]:
        """Return where the lines went, and whether they add up."""
        ledger, number = self.facts.ledger, self.numbers.integer
        total = ledger.total
        identity = self.words.text(
            "ledger_identity",
            lines=number(total.line_count),
            kept=number(total.kept_count),
            duplicates=number(total.duplicate_count),
            rejected=number(total.rejected_count),
        )
        wrong = ", ".join(file.source_file for file in ledger.files if not file.is_balanced)
        verdict = (
            self.words.text("ledger_unbalanced", files=wrong)
            if wrong
            else self.words.text("ledger_balanced")
        )
        sentences = [identity, self._money_identity(), verdict, *self._lost_money()]
        if ledger.unreadable_category_count:
            count = number(ledger.unreadable_category_count)
            sentences.append(self.words.text("categories_unreadable", count=count))
        if ledger.holes:
            sentences.append(self._holes())
        return sentences

    def _money_identity(self) -> str:
        """Return where the revenue went."""
        total, money = self.facts.ledger.total, self.figures.money
        return self.words.text(
            "money_identity",
            read=money(total.read_revenue),
            kept=money(total.kept_revenue),
            duplicates=money(total.duplicate_revenue),
            rejected=money(total.refused_revenue),
        )

    def _lost_money(self) -> list[str]:
        """Return of which files a notable part of the revenue was rejected, and why most of it."""
        sentences = []
        lost = self.facts.ledger.lost_money
        for one in lost[:_SHOWN_FILES]:
            reason, amount = one.worst
            values = {
                "file": one.source_file,
                "share": self.numbers.percent(float(one.share)),
                "refused": self.figures.money(one.refused),
                "amount": self.figures.money(amount),
                "reason": self.words.known("reason", reason),
            }
            sentences.append(self.words.text("lost_money", **values))
        if len(lost) > _SHOWN_FILES:
            count = self.numbers.integer(len(lost))
            sentences.append(self.words.text("lost_money_more", count=count))
        return sentences

    def _holes(self) -> str:
        """Return on which days the store's logging failed."""
        holes = self.facts.ledger.holes
        days = ", ".join(self.numbers.date(day) for day in holes[:_SHOWN_HOLES])
        if len(holes) == 1:
            return self.words.text("hole", day=days)
        if len(holes) <= _SHOWN_HOLES:
            return self.words.text("holes", days=days)
        return self.words.text("many_holes", days=days, count=self.numbers.integer(len(holes)))

    def event_types(self) -> str:
        """Return the kept events by type."""
        found = [
            self.words.known("type", kind, count=self.numbers.integer(count))
            for kind, count in self.facts.ledger.events_by_type.items()
        ]
        return self.words.text("types_text", types=", ".join(found))

    def revenue(self) -> str:
        """Return whether the revenue is the same at every step."""
        ledger = self.facts.ledger
        if not ledger.is_revenue_balanced:
            return self.words.text("revenue_differs")
        if not ledger.unseen_revenue:
            return self.words.text("revenue_same")
        return self.words.text(
            "revenue_same_unseen",
            as_of=self.numbers.date(self.facts.as_of),
            unseen=self.figures.money(ledger.unseen_revenue),
        )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
