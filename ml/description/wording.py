"""The figures of a profile as the rules of names quote them, in both languages."""

from __future__ import annotations

from string import Formatter

from ml.description.name_words import AGAIN, COUNTED, SHARES
from ml.description.profiles import Profile
from ml.description.rules import written
from ml.description.vocabulary import Words

# From so many on, nobody wants to know of halves.
_WHOLE_FROM = 10
_SHARES = {
    "bought": "buyers",
    "few_bought": "buyers",
    "repeated": "repeaters",
    "few_repeated": "repeaters",
    "carted": "carters",
}
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
_RANKS = {
    "recency": "recency_days",
    "price": "price_level",
    "activity": "active_day_count",
    "depth": "events_per_session",
    "focus": "favourite_category_share",
    "variety": "category_count",
}


def quoted_shares(rule: Words) -> tuple[str, ...]:
    """Return the shares of people that the words of a rule quote: 'bought', 'repeated', 'carted'.

    Examples
    --------
    >>> quoted_shares(Words("{bought}, but {few_repeated}", "{bought}, mais {few_repeated}"))
    ('bought', 'repeated')
    """
    places = {name for _, name, _, _ in Formatter().parse(rule.english) if name in _SHARES}
    return tuple(sorted({name.removeprefix("few_") for name in places}))


def figures_in_words(profile: Profile) -> dict[str, Words]:
    """Return everything that a rule may quote of a profile, by the name of its placeholder.

    Parameters
    ----------
    profile : Profile
    """
    figures = profile.figures
    shares = {name: share_in_words(name, figures[of]) for name, of in _SHARES.items()}
    amounts = {name: amount_in_words(figures[of], unit) for name, (of, unit) in _AMOUNTS.items()}
    # Nobody lies below all users, or above all of them.
    ranks = {
        name: Words(*[str(min(max(round(100 * profile.ranks[of]), 1), 99))] * 2)
        for name, of in _RANKS.items()
    }
    return shares | amounts | ranks | {"again": _again(figures["usual_gap_days"])}


def share_in_words(name: str, share: float) -> Words:
    """Return a share as a reader would say it: never "only 0 %", never "100 %" of nearly all.

    Examples
    --------
    >>> share_in_words("few_bought", 0.004).english
    'fewer than 1 % have bought'
    """
    nobody, hardly_anybody, some, nearly_all = SHARES[name]
    if share == 0:
        return nobody
    if share < 0.01:
        return hardly_anybody
    if 0.99 < share < 1:
        return nearly_all
    return filled(some, share=round(100 * share))


def amount_in_words(value: float, unit: str) -> Words:
    """Return an amount with its unit: one of `COUNTED`, or money, share, number.

    Examples
    --------
    >>> amount_in_words(1.0, "orders").english, amount_in_words(12.4, "days").french
    ('1 order', '12 jours')
    """
    counted = COUNTED.get(unit)
    if counted is None:
        shown = value if unit == "money" else round(value, 2)
        return Words(*(written(shown, unit, language) for language in (0, 1)))
    shown = float(round(value)) if value >= _WHOLE_FROM else round(value, 1)
    # French has no plural below two.
    forms = [counted[shown == 1], counted[shown < 2]]
    return Words(
        *(
            form[language].format(amount=written(shown, "number", language))
            for language, form in enumerate(forms)
        )
    )


def filled(texts: Words, **values: Words | int) -> Words:
    """Fill in both languages, each with the words of its own.

    Examples
    --------
    >>> filled(Words("{n} of {what}", "{n} sur {what}"), n=2, what=Words("ten", "dix")).french
    '2 sur dix'
    """
    return Words(
        *(
            text.format(
                **{
                    name: value[language] if isinstance(value, Words) else value
                    for name, value in values.items()
                }
            )
            for language, text in enumerate(texts)
        )
    )


def _again(gap_days: float) -> Words:
    if not gap_days:
        return Words("", "")
    gap = amount_in_words(gap_days, "days")
    return filled(AGAIN, gap=gap)
