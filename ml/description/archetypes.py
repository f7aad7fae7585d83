"""Archetypes: what a name claims in absolute figures, and how a segment is recognised."""

from __future__ import annotations

from dataclasses import dataclass

from ml.description.profiles import FIGURES, Profile

# One that was recognised before stays while its figures are within so much of what it claims.
MARGIN = 0.1
# A segment is of buyers, of one-time buyers, lapsed, if at least half of its users are; of lapsed
# repeat buyers, if at least half of these are lapsed as well, whatever the others are.
_MOST = 0.5
_THREE_IN_FIVE = 0.6
_FEW = 0.25
# Of two that spend nearly alike, another sample takes the other for the highest. The margin makes
# it the highest at all, for a segment that was so called before.
_CLEARLY_HIGHEST = 1 / (1 - MARGIN)
# How far the mean rank of a segment has to lie from the middle to stand out: mean ranks lie close
# to it. Of two equal halves, the one that left earlier has the mean rank 0.75.
_HIGH, _LOW, _LONG_AGO = 0.62, 0.38, 0.73


@dataclass(frozen=True)
class Claim:
    """What a name says of its users: a figure of the profile, and its lowest or highest value."""

    figure: str
    at_least: float | None = None
    at_most: float | None = None

    def holds(self, profile: Profile, margin: float = 0.0) -> bool:
        """Tell whether a profile agrees, give or take a share of the bound."""
        value = profile.figures[self.figure]
        if self.at_least is not None and value < self.at_least * (1 - margin):
            return False
        return self.at_most is None or value <= self.at_most * (1 + margin)

    def words(self, profile: Profile) -> str:
        """Return what is claimed and what is the case."""
        bound = f"at least {self.at_least}" if self.at_most is None else f"at most {self.at_most}"
        return f"{FIGURES[self.figure]}: {profile.figures[self.figure]:.3g}, not {bound}"


@dataclass(frozen=True)
class Sign:
    """How a segment stands out from the others: by its mean rank in a feature."""

    feature: str
    at_least: float | None = None
    at_most: float | None = None

    def clearness(self, profile: Profile) -> float:
        """Return by how much the rank is beyond the bound; negative where it is not."""
        rank = profile.ranks[self.feature]
        return rank - self.at_least if self.at_least is not None else (self.at_most or 0.0) - rank


_BUYERS = Claim("buyers", at_least=_MOST)
_VISITORS = Claim("buyers", at_most=_MOST)
_LOOKERS = Claim("buyers", at_most=_FEW)
_ON_TIME = Claim("on_time", at_least=_MOST)
_REPEAT = Claim("repeat_buyers", at_least=_MOST)
_ONCE = Claim("one_time_buyers", at_least=_MOST)
_AWAY = Claim("away", at_least=_MOST)
_LOST = Claim("lost", at_least=_MOST)
# Whoever was there within two weeks is not gone, whatever the orders say.
_UNSEEN = Claim("seen_days", at_least=14)

#: What each archetype claims, in the order in which a segment is recognised. Every claim but that
#: of the highest spend can be checked on the segment alone.
CLAIMS: dict[str, tuple[Claim, ...]] = {
    "lost_one_time_buyers": (_ONCE, _AWAY, _LOST, Claim("once_lost", at_least=_MOST), _UNSEEN),
    "lost_repeat_buyers": (_REPEAT, _AWAY, _LOST, Claim("repeat_lost", at_least=_MOST), _UNSEEN),
    "lapsed_one_time_buyers": (_ONCE, _AWAY, Claim("once_away", at_least=_MOST), _UNSEEN),
    "lapsed_repeat_buyers": (_REPEAT, _AWAY, Claim("repeat_away", at_least=_MOST), _UNSEEN),
    "lapsed_buyers": (_BUYERS, _AWAY, _UNSEEN),
    "visiting_buyers": (_BUYERS, _AWAY, Claim("seen_days", at_most=14)),
    "big_spenders": (
        _ON_TIME,
        Claim("spend_to_others", at_least=_CLEARLY_HIGHEST),
        Claim("order_value_to_all", at_least=1.25),
    ),
    "bargain_hunters": (_ON_TIME, Claim("price_level", at_most=0.95)),
    "repeat_buyers_at_risk": (
        _REPEAT,
        _ON_TIME,
        Claim("late", at_least=_MOST),
        Claim("repeat_late", at_least=_MOST),
    ),
    "loyal_regulars": (
        _REPEAT,
        Claim("on_time", at_least=_THREE_IN_FIVE),
        Claim("in_rhythm", at_least=_MOST),
        Claim("orders", at_least=3),
    ),
    "repeat_buyers": (_REPEAT, _ON_TIME),
    "new_buyers": (_ONCE, Claim("new", at_least=_MOST)),
    "one_time_buyers": (_ONCE,),
    "occasional_buyers": (_BUYERS, Claim("orders", at_most=2)),
    "mixed_buyers": (_BUYERS,),
    "cart_hesitators": (
        _LOOKERS,
        Claim("carters", at_least=_MOST),
        Claim("carts_an_event", at_least=0.05),
    ),
    "absent_visitors": (_VISITORS, Claim("seen_days", at_least=30)),
    "window_shoppers": (_LOOKERS, Claim("events", at_least=10)),
    "focused_researchers": (_VISITORS, Claim("focus", at_least=0.5)),
    "wide_browsers": (_VISITORS, Claim("categories", at_least=3)),
    "occasional_visitors": (_VISITORS, Claim("visits", at_most=6)),
    "ordinary_visitors": (_VISITORS,),
}
#: By what else a segment is recognised: one of these suffices.
SIGNS: dict[str, tuple[Sign, ...]] = {
    "bargain_hunters": (Sign("price_level", at_most=_LOW),),
    "absent_visitors": (Sign("recency_days", at_least=_LONG_AGO),),
    "window_shoppers": (
        Sign("active_day_count", at_least=_HIGH),
        Sign("events_per_session", at_least=_HIGH),
    ),
    "focused_researchers": (Sign("favourite_category_share", at_least=_HIGH),),
    "wide_browsers": (Sign("category_count", at_least=_HIGH),),
    "occasional_visitors": (Sign("active_day_count", at_most=_LOW),),
}
# Whoever comes rarely sees few categories, and so keeps to one of them: of several that hold, the
# trait that stands out most is the one that another sample would show as well.
_QUIET = ("focused_researchers", "wide_browsers", "occasional_visitors")


def contradictions(archetype: str, profile: Profile, *, margin: float = 0.0) -> tuple[str, ...]:
    """Return what an archetype claims and the profile denies, a sentence each.

    Parameters
    ----------
    archetype : str
        Of `CLAIMS`.
    profile : Profile
    margin : float
        A figure may miss its bound by this share of it.

    Examples
    --------
    >>> figures = {"repeat_buyers": 0.2, "on_time": 0.9}
    >>> contradictions("repeat_buyers", Profile(figures, {}, {}, ()))
    ('share of users with two orders or more: 0.2, not at least 0.5',)
    """
    return tuple(
        claim.words(profile) for claim in CLAIMS[archetype] if not claim.holds(profile, margin)
    )


def is_of_buyers(archetype: str) -> bool:
    """Tell whether most users of such a segment have bought, by what it claims."""
    return _VISITORS not in CLAIMS[archetype] and _LOOKERS not in CLAIMS[archetype]


def is_of_repeat_buyers(archetype: str) -> bool:
    """Tell whether most users of such a segment have ordered again, by what it claims."""
    return _REPEAT in CLAIMS[archetype]


def archetype_of(profile: Profile) -> str:
    """Return the first archetype that is true of the segment, or of quiet visitors the clearest."""
    fitting = [
        archetype
        for archetype in CLAIMS
        if not contradictions(archetype, profile) and _clearness(archetype, profile) >= 0
    ]
    quiet = [archetype for archetype in fitting if archetype in _QUIET]
    if fitting[0] in _QUIET:
        return max(quiet, key=lambda archetype: _clearness(archetype, profile))
    return fitting[0]


def still_holds(archetype: str, profile: Profile) -> bool:
    """Return whether an archetype from before is still true, give or take a margin.

    Without it a segment on the edge of a claim would change its name with every training, although
    its members and what they do are the same.
    """
    return not contradictions(archetype, profile, margin=MARGIN)


def _clearness(archetype: str, profile: Profile) -> float:
    return max((sign.clearness(profile) for sign in SIGNS.get(archetype, ())), default=0.0)
