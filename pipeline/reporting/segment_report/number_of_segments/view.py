"""How many segments, in words and tables."""

from __future__ import annotations

from collections import Counter

from pipeline.reporting.kit.blocks import Block, Paragraph, Pictures, Table
from pipeline.reporting.kit.svg import Chart
from pipeline.reporting.segment_report.number_of_segments.charts import NumberCharts
from pipeline.reporting.segment_report.number_of_segments.facts import (
    NumberOfSegments,
    gather_number_of_segments,
)
from pipeline.reporting.segment_report.number_of_segments.inertia import inertia_drops
from pipeline.reporting.segment_report.section import Section, Store

# In the order of the argument: distances, stability, the null, and what they are good for.
_CRITERIA = (
    "inertia",
    "inertia_drop",
    "knee_distance",
    "silhouette",
    "calinski_harabasz",
    "davies_bouldin",
    "prediction_strength",
    "adjusted_rand",
    "smallest_jaccard",
    "silhouette_gain",
    "silhouette_gain_error",
    "inertia_gain",
    "inertia_gain_error",
    "smallest_share",
    "out_of_time_value",
)
_SHARES = {"inertia_drop", "smallest_share", "out_of_time_value"}
# Hennig (2007).
_READINGS = ((0.85, "highly_stable"), (0.75, "stable"), (0.6, "doubtful"), (0.0, "unstable"))


class View(Section):
    """Writes every criterion, who would choose what, and the verdict."""

    key = "number"
    own: NumberOfSegments

    @classmethod
    def gather(cls, store: Store, /) -> NumberOfSegments:
        """Return how the number of segments was chosen."""
        return gather_number_of_segments(store.connection)

    def charts(self) -> dict[str, Chart | None]:
        """Return the pictures of the section."""
        charts = NumberCharts(self.figures)
        return {
            "elbow": charts.elbow(),
            "silhouette": charts.silhouette(),
            "stability": charts.stability(),
            "outlook": charts.outlook(),
        }

    def blocks(self) -> list[Block]:
        """Return the section."""
        blocks: list[Block] = []
        if self.facts.model.evaluations:
            blocks.append(Paragraph(" ".join(self._chosen())))
        blocks.append(self.paragraph(self._verdict_key()))
        blocks += self._who()
        if self.facts.model.evaluations:
            blocks += [self.heading("figures"), self._figures(), Paragraph(" ".join(self._said()))]
            blocks += self._traded()
        blocks.append(Pictures(("silhouette", "stability", "elbow", "outlook")))
        blocks += self._each()
        return [*blocks, self.heading("caveat"), self.paragraph("caveat_text")]

    def _verdict_key(self) -> str:
        choice = self.own
        if choice.is_stretched and choice.verdict == "reproducible":
            return "stretched"
        return choice.verdict or "no_verdict"

    def _chosen(self) -> list[str]:
        model = self.facts.model
        ks, k = sorted(model.evaluations), model.segment_count
        by = "rule" if model.chosen_by == "rule" else "user"
        training = self.figures.total(model.training_user_count)
        resample = model.settings.get("resample_rows")
        if not resample:
            sample = self.text("sample_bare", training=training)
        else:
            rows = self.numbers.integer(int(resample))
            sample = self.text("sample", training=training, resample=rows)
        return [self.text(by, low=ks[0], high=ks[-1], k=k), *self._rule_alone(by, k), sample]

    def _rule_alone(self, by: str, k: int) -> list[str]:
        """Say what the rule takes of the figures alone, where that is not what was taken."""
        rule = self.own.rule_count
        if rule is None or (by == "rule" and rule == k):
            return []
        if by == "user":
            return [self.text("user_same" if rule == k else "user_rule", rule=rule)]
        series = self.facts.model.series
        gains, errors = series("silhouette_gain"), series("silhouette_gain_error")
        multiple = self.own.thresholds.get("silhouette_gain_error")
        is_natural = self.own.verdicts.get(rule) == "natural"
        is_known = {rule, k} <= gains.keys() & errors.keys()
        if multiple is None or not is_natural or not is_known:
            return [self.text("kept_bare", rule=rule, k=k)]
        limit = multiple * max(errors[rule], errors[k])
        shown = {
            "gain": self.figures.signed(gains[k], 3),
            "rule_gain": self.figures.signed(gains[rule], 3),
            "limit": self.numbers.decimal(limit, 3),
        }
        return [self.text("kept", rule=rule, k=k, **shown)]

    def _who(self) -> list[Block]:
        """Return what each criterion would choose by itself."""
        chosen = self.own.by_criterion
        names = [name for name in _CRITERIA if name in chosen]
        names += sorted(set(chosen) - set(names))
        if not names:
            return []
        rows = tuple(
            (
                self._name(name),
                self._known(name, "asks"),
                self._known(name, "picks"),
                f"{chosen[name]}",
            )
            for name in names
        )
        headings = tuple(map(self.text, ("criterion", "asks", "picks", "its")))
        return [
            self.heading("who"),
            Table(headings, rows, text_columns=3),
            self._agreement(list(chosen.values())),
        ]

    def _agreement(self, chosen: list[int]) -> Block:
        if len(set(chosen)) == 1:
            return self.paragraph("agree", k=chosen[0])
        spread = ", ".join(
            self.text("spread", k=k, count=count) for k, count in sorted(Counter(chosen).items())
        )
        return self.paragraph("disagree", spread=spread)

    def _name(self, criterion: str) -> str:
        key = "silhouette_name" if criterion == "silhouette" else criterion
        return self.words.known("number", key).strip()

    def _known(self, criterion: str, what: str) -> str:
        text = self.words.known("number", f"{criterion}_{what}")
        return "" if text == f"{criterion}_{what}".replace("_", " ") else text

    def _figures(self) -> Table:
        """Return every criterion as a row, every number of segments as a column."""
        model = self.facts.model
        ks = sorted(model.evaluations)
        headings = [self.text("mark", k=k) if k == model.segment_count else f"{k}" for k in ks]
        names = [name for name in _CRITERIA if name in {*model.criteria, "inertia_drop"}]
        names += [name for name in model.criteria if name not in names]
        rows = [(self._name(name), *self._series(name, ks)) for name in names]
        if verdicts := self.own.verdicts:
            texts = (self.text(f"is_{verdicts[k]}") if k in verdicts else "" for k in ks)
            rows.append((self.text("verdict"), *texts))
        return Table((self.text("criterion"), *headings), tuple(rows), has_total=bool(verdicts))

    def _series(self, name: str, ks: list[int]) -> list[str]:
        model = self.facts.model
        series = (
            inertia_drops(model.series("inertia")) if name == "inertia_drop" else model.series(name)
        )
        if name == "smallest_share":
            return [
                self.numbers.percent(series[k]) if k in series else self.figures.too_few for k in ks
            ]
        if name in _SHARES:
            return [self.numbers.percent(series.get(k)) for k in ks]
        highest = max(series.values(), default=0.0)
        digits = 0 if highest >= 1000 else 3
        return [self.numbers.decimal(series.get(k), digits).replace("-", "\u2212") for k in ks]

    def _said(self) -> list[str]:
        """Return the figures of the chosen number in sentences."""
        model = self.facts.model
        sentences, k = [], model.segment_count
        knees = model.series("knee_distance")
        if knees and max(knees.values()) > 0:
            knee = max(knees, key=lambda one: (knees[one], -one))
            sentences.append(self.text("knee", knee=knee))
        sentences += self._drop(inertia_drops(model.series("inertia")), k)
        return sentences + self._silhouette(model.series("silhouette"), k)

    def _drop(self, drops: dict[int, float], k: int) -> list[str]:
        drop, next_drop = drops.get(k), drops.get(k + 1)
        if drop is None and next_drop is None:
            return []
        key = "drop"
        if next_drop is None:
            key = "drop_last"
        elif drop is None:
            key = "drop_first"
        shown = {
            "drop": self.numbers.percent(drop),
            "next_drop": self.numbers.percent(next_drop),
        }
        return [self.text(key, before=k - 1, k=k, after=k + 1, **shown)]

    def _silhouette(self, silhouettes: dict[int, float], k: int) -> list[str]:
        if k not in silhouettes:
            return []
        decimal, value = self.numbers.decimal, silhouettes[k]
        best_k = max(silhouettes, key=lambda one: (silhouettes[one], -one))
        key = "silhouette_best" if best_k == k else "silhouette"
        best = decimal(silhouettes[best_k], 3)
        sentences = [self.text(key, k=k, value=decimal(value, 3), best=best, best_k=best_k)]
        gain = self.facts.model.series("silhouette_gain").get(k)
        if gain is not None:
            shown = self.figures.signed(gain, 3)
            sentences.append(self.text("null", k=k, null=decimal(value - gain, 3), gain=shown))
            if (error := self.own.null_error) is not None:
                sentences.append(self.text("null_error", error=decimal(error, 3)))
        rows = self.facts.model.settings.get("silhouette_rows")
        if rows:
            count = self.numbers.integer(int(rows))
            sentences.append(self.text("silhouette_rows", count=count))
        return sentences

    def _traded(self) -> list[Block]:
        """Say what fewer segments would lose, and more would gain, out of time."""
        values, k = self.facts.model.series("out_of_time_value"), self.facts.model.segment_count
        if not values.get(k):
            return []
        rows = tuple(
            (
                self.text("mark", k=other) if other == k else f"{other}",
                self.numbers.percent(value),
                self.numbers.percent(value / values[k]),
            )
            for other, value in sorted(values.items())
        )
        headings = tuple(map(self.text, ("number", "out_of_time_value", "of_chosen")))
        return [
            self.heading("traded"),
            self.paragraph("traded_text", k=k, value=self.numbers.percent(values[k])),
            Table(headings, rows, text_columns=1),
        ]

    def _each(self) -> list[Block]:
        """Return how well each segment comes back from resamples."""
        jaccards = self.own.jaccards
        if not jaccards:
            return []
        rows = tuple(
            (
                self.figures.name(one),
                self.numbers.decimal(jaccards[one.segment_id]),
                next(
                    self.text(reading)
                    for least, reading in _READINGS
                    if jaccards[one.segment_id] >= least
                ),
            )
            for one in self.facts.segments
            if one.segment_id in jaccards
        )
        table = Table(self.headings("jaccard", "reading"), rows)
        return [self.heading("each"), self.paragraph("each_text"), table]
