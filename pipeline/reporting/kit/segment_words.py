"""Names, rules and actions of segments in words, from the codes and numbers of `segment_model`."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.reporting.kit.catalogue import Catalogue
from pipeline.reporting.kit.numbers import NumberFormat

# From so many on, nobody wants to know of halves.
_WHOLE_FROM = 10
# What the rule of an archetype may quote, by its place in the text: shares of the members,
_SHARES = {
    "bought": "buyers",
    "few_bought": "buyers",
    "repeated": "repeaters",
    "few_repeated": "repeaters",
    "carted": "carters",
}
# amounts with their units,
_AMOUNTS = {
    "orders": ("orders", "orders"),
    "order_days": ("order_days", "days"),
    "gap_days": ("gap_days", "days"),
    "seen_days": ("seen_days", "days"),
    "events": ("events", "events"),
    "visits": ("visits", "active_days"),
    "categories": ("categories", "categories"),
    "spend": ("spend", "money"),
    "order_value": ("order_value", "money"),
    "cart_share": ("carts_an_event", "share"),
    "focus_share": ("focus", "share"),
    "price_level": ("price_level", "share"),
}
# and how many per cent of those with a segment lie below it on average.
_RANKS = {
    "recency": "rank_recency_days",
    "price": "rank_price_level",
    "activity": "rank_active_day_count",
    "depth": "rank_events_per_session",
    "focus": "rank_favourite_category_share",
    "variety": "rank_category_count",
}


class SegmentWords:
    """Puts segments into the words of one language.

    Parameters
    ----------
    language : str
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._words, self._numbers = Catalogue(language, "segment"), NumberFormat(language)

    def texts(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is said of a segment, a row of `trained_segments`.

        Name, rule and which figures it quotes, action, and the rule of the tree; None where nothing
        is known, as of the segments of models that are older than archetypes.
        """
        tree_rule = self.tree_rule(row["tree_rules"])
        rule = self._words.find("archetype", f"{row['archetype']}.rule")
        if rule is None:
            name = self._words.text("unnamed", segment=row["segment_id"])
            return _texts(name, None, [], None, tree_rule)
        return _texts(
            self.name(row),
            self._rule(row),
            sorted({place for _, place, _, _ in string.Formatter().parse(rule) if place}),
            self._words.of("archetype", f"{row['archetype']}.action"),
            tree_rule,
        )

    def name(self, row: Mapping[str, Any]) -> str:
        """Return the name of a segment of a known archetype."""
        name = self._words.of("archetype", f"{row['archetype']}.name")
        told_apart = self._told_apart(row["distinction"])
        return f"{name}, {told_apart}" if told_apart else name

    def tree_rule(self, rules: Sequence[Sequence[Mapping[str, Any]]] | None) -> str | None:
        """Return the rules of a tree as one phrase; None where it never names the segment."""
        if rules is None:
            return None
        return self._words.of("rule", "or").join(map(self._conditions, rules))

    def share(self, place: str, share: float) -> str:
        """Return a share as a reader would say it: never "only 0 %", never "100 %" of nearly all.

        Examples
        --------
        >>> SegmentWords("en").share("few_bought", 0.004)
        'fewer than 1% have bought'
        """
        if share == 0:
            size = "nobody"
        elif share < 0.01:
            size = "hardly_anybody"
        else:
            size = "nearly_all" if 0.99 < share < 1 else "some"
        return self._words.of("share", f"{place}.{size}", share=self._whole_percent(share))

    def amount(self, value: float, unit: str) -> str:
        """Return an amount with its unit: what is counted, or money, share, number.

        Examples
        --------
        >>> SegmentWords("en").amount(1.0, "orders"), SegmentWords("fr").amount(12.4, "days")
        ('1 order', '12 jours')
        """
        if unit in ("money", "share", "number"):
            return self._written(value if unit == "money" else round(value, 2), unit)
        shown = float(round(value)) if value >= _WHOLE_FROM else round(value, 1)
        return self._words.counted_of("counted", unit, shown, amount=self._numbers.exact(shown))

    def _rule(self, row: Mapping[str, Any]) -> str:
        figures = {entry["figure"]: entry["value"] for entry in row["profile_figures"]}
        rule = self._words.of("archetype", f"{row['archetype']}.rule", **self._quoted(figures))
        more = self._apart_in_figures(row["distinction"])
        return f"{rule[:1].upper()}{rule[1:]} {more}".rstrip()

    def _quoted(self, figures: Mapping[str, float]) -> dict[str, str]:
        """Return everything that a rule may quote, by its place in the text."""
        shares = {place: self.share(place, figures[of]) for place, of in _SHARES.items()}
        amounts = {place: self.amount(figures[of], unit) for place, (of, unit) in _AMOUNTS.items()}
        # Nobody lies below all customers, or above all of them.
        ranks = {
            place: self._whole_percent(min(max(figures[of], 0.01), 0.99))
            for place, of in _RANKS.items()
        }
        return shares | amounts | ranks | {"again": self._again(figures["usual_gap_days"])}

    def _again(self, gap_days: float) -> str:
        """Say how long it takes to order again, where anybody does."""
        if not gap_days:
            return ""
        return self._words.text("again", gap=self.amount(gap_days, "days"))

    def _told_apart(self, distinction: Mapping[str, Any] | None) -> str | None:
        """Return what tells a segment from others of its archetype, as its name says it."""
        if distinction is None:
            return None
        kind, amount = distinction["kind"], distinction["amount"]
        if kind == "value_rank":
            return self._words.text("value_rank", rank=self._numbers.integer(int(amount)))
        if kind == "level":
            written = self._numbers.exact(amount)
            return self._words.of("level", distinction["feature"], amount=written)
        return self._words.of("trait", f"{distinction['feature']}.{kind}")

    def _apart_in_figures(self, distinction: Mapping[str, Any] | None) -> str:
        """Return what separates the segment from the next of its archetype, as a rule says it."""
        if distinction is None or distinction["kind"] == "level":
            return ""
        told_apart = self._told_apart(distinction)
        if distinction["kind"] == "value_rank":
            return self._words.text("distinction", qualifier=told_apart)
        if distinction["amount"] is None:
            return ""
        own, following = (
            self._amount_of(distinction["feature"], distinction[name], distinction["unit"])
            for name in ("amount", "next_amount")
        )
        return self._words.text("separation", qualifier=told_apart, own=own, next=following)

    def _amount_of(self, feature: str, value: float, unit: str) -> str:
        """Return an amount of a feature; what is counted says by itself of what it is one."""
        amount, key = self.amount(value, unit), f"{feature}.amount"
        if self._words.find("trait", key) is None:
            return amount
        return self._words.of("trait", key, amount=amount)

    def _conditions(self, bounds: Sequence[Mapping[str, Any]]) -> str:
        """Return conditions as one phrase."""
        *rest, last = list(map(self._bound, bounds)) or [self._words.of("rule", "everybody")]
        return f"{', '.join(rest)}{self._words.of('rule', 'and')}{last}" if rest else last

    def _bound(self, bound: Mapping[str, Any]) -> str:
        feature, form, unit = bound["feature"], bound["form"], bound["unit"]
        if (whole := self._words.find("measure", f"{feature}.{form}")) is not None:
            return whole
        low, high = bound["low"], bound["high"]
        figures = {
            name: "" if value is None else self._written(value, unit)
            for name, value in (("low", low), ("high", high), ("zero", 0.0))
        }
        amount, key = self._words.of("bound", form, **figures), f"{feature}.amount"
        if unit != "count":
            return self._words.of("measure", key, amount=amount)
        largest = low if high is None else high
        return self._words.counted_of("measure", key, largest, amount=amount)

    def _whole_percent(self, share: float) -> str:
        return self._numbers.exact_percent(round(100 * share) / 100)

    def _written(self, value: float, unit: str) -> str:
        """Return a figure in its unit: money with two digits, shares in per cent."""
        if unit == "share":
            return self._numbers.exact_percent(value)
        return self._numbers.decimal(value) if unit == "money" else self._numbers.exact(value)


def _texts(
    name: str, rule: str | None, quoted: list[str], action: str | None, tree_rule: str | None
) -> dict[str, Any]:
    return {
        "segment_name": name,
        "naming_rule": rule,
        "quoted_figures": quoted,
        "recommended_action": action,
        "tree_rule": tree_rule,
    }
