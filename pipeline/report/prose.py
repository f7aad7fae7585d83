"""The sentences that carry a figure: what was chosen, why, and what holds."""

from __future__ import annotations

from pipeline.report.figures import Figures
from pipeline.report.tables import inertia_drops

# Features named when a component is put into words, and the weight below which none is.
_WEIGHT_COUNT = 3
_LEAST_WEIGHT = 0.25
# Days without logging that are listed; the rest are counted.
_SHOWN_HOLES = 5


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
        if audience.is_revenue_coarse:
            notes.append(self.words.text("rounded_revenue", minimum=minimum))
        return notes

    def features(self) -> str:
        """Return why the model reads what it reads."""
        return self.words.text("features_text", count=len(self.facts.model.feature_names))

    def threshold(self) -> str:
        """Return why a customer needs so many events, and what lies below."""
        least = self.facts.min_events
        step = self.numbers.short_percent(round(1 / least, 3))
        reason = self.words.text("threshold_text", min_events=least, step=step)
        return f"{reason} {self._below_threshold()}"

    def _below_threshold(self) -> str:
        groups = [
            group for group in self.facts.audience.unsegmented if group.reason == "too_few_events"
        ]
        if not groups:
            return self.words.text("threshold_none")
        below = groups[0]
        if below.user_count is None:
            return self.words.text("threshold_below_small", minimum=self.facts.min_group_size)
        few = "" if below.revenue_share is not None else "_few"
        return self.words.text(
            f"threshold_below{few}",
            customers=self.figures.people(below.user_count),
            share=self.figures.people_share(below.user_share),
            revenue=self.figures.revenue_share(below.revenue_share),
        )

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

    def segment_count(self) -> list[str]:
        """Return who chose the number of segments, and the figures that speak for it."""
        model = self.facts.model
        ks, k = sorted(model.evaluations), model.segment_count
        if not ks:
            return []
        by = "count_rule" if model.chosen_by == "rule" else "count_user"
        sentences = [self.words.text(by, low=ks[0], high=ks[-1], k=k)]
        knees = model.series("knee_distance")
        if knees and max(knees.values()) > 0:
            knee = max(knees, key=lambda one: (knees[one], -one))
            sentences.append(self.words.text("count_knee", knee=knee))
        sentences += self._drop(inertia_drops(model.series("inertia")), k)
        sentences += self._silhouette(model.series("silhouette"), k)
        return sentences

    def _drop(self, drops: dict[int, float], k: int) -> list[str]:
        drop, next_drop = drops.get(k), drops.get(k + 1)
        if drop is None and next_drop is None:
            return []
        key = "count_drop"
        if next_drop is None:
            key = "count_drop_last"
        elif drop is None:
            key = "count_drop_first"
        return [
            self.words.text(
                key,
                before=k - 1,
                k=k,
                after=k + 1,
                drop=self.numbers.percent(drop),
                next_drop=self.numbers.percent(next_drop),
            )
        ]

    def _silhouette(self, silhouettes: dict[int, float], k: int) -> list[str]:
        if k not in silhouettes:
            return []
        best_k = max(silhouettes, key=lambda one: (silhouettes[one], -one))
        sentence = self.words.text(
            "count_silhouette_best" if best_k == k else "count_silhouette",
            k=k,
            value=self.numbers.decimal(silhouettes[k], 3),
            best=self.numbers.decimal(silhouettes[best_k], 3),
            best_k=best_k,
        )
        rows = self.facts.model.settings.get("silhouette_rows")
        if not rows:
            return [sentence]
        sample = self.words.text("silhouette_sample", count=self.numbers.integer(int(rows)))
        return [sentence, sample]

    def between(self) -> str:
        """Return how many customers lie between two segments."""
        audience = self.facts.audience
        if audience.between_count is None:
            return self.words.text("between_small", minimum=self.facts.min_group_size)
        if not audience.between_count:
            return self.words.text("between_none")
        return self.words.text(
            "between_text",
            customers=self.figures.people(audience.between_count),
            share=self.figures.people_share(audience.between_share),
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
        sentences = [identity, verdict]
        if ledger.unreadable_category_count:
            count = number(ledger.unreadable_category_count)
            sentences.append(self.words.text("categories_unreadable", count=count))
        if ledger.holes:
            sentences.append(self._holes())
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
