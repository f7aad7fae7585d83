from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.description import naming
from ml.description.archetypes import CLAIMS, SIGNS, archetype_of, contradictions
from ml.description.levels import Level
from ml.description.measures import ABOUT_ORDERS, OF_VISITS, TRAIT_UNITS
from ml.description.naming import SegmentName, name_in, untrue_names
from ml.description.profiles import FIGURES, PROFILE_FEATURES, Profile, profiles_of
from ml.description.traits import Trait
from tests.ml.users import with_orders
from tests.ml.wording import coded, in_words, is_by_value, name_segments

LOYAL = {"order_count": 3, "purchase_count": 3, "revenue": 90, "average_order_value": 30}
ONCE = {"order_count": 1, "purchase_count": 1, "revenue": 30, "average_order_value": 30}
LONG_AGO = {"recency_days": 90, "purchase_recency_days": 90}


def _users(*segments: dict[str, object], size: int = 40) -> tuple[np.ndarray, pd.DataFrame]:
    """Build segments of equal size; what is not given is the same for all, and nobody buys."""
    usual = dict.fromkeys(PROFILE_FEATURES, 1.0) | {
        "event_count": 20.0,
        "order_count": 0,
        "purchase_count": 0,
        "revenue": 0.0,
        "average_order_value": 0.0,
        "favourite_category_share": 0.4,
        "recency_days": 10.0,
        "cart_count": 0.0,
    }
    rows = [usual | one for one in segments]
    users = pd.DataFrame([row for row in rows for _ in range(size)])
    return np.repeat(np.arange(len(segments)), size), with_orders(users)


def _names(*segments: dict[str, object], size: int = 40) -> list[str]:
    return [name.english for name in name_segments(*_users(*segments, size=size))]


@pytest.mark.parametrize(
    ("segment", "other", "name"),
    [
        (LOYAL, {}, "Loyal regulars"),
        (LOYAL | {"order_count": 2}, {}, "Repeat buyers"),
        (LOYAL | {"purchase_recency_days": 35}, {}, "Repeat buyers at risk"),
        (LOYAL | {"recency_days": 41, "purchase_recency_days": 41}, {}, "Lapsed repeat buyers"),
        (LOYAL | LONG_AGO, {}, "Lost repeat buyers"),
        (LOYAL | {"purchase_recency_days": 90}, {}, "Former buyers who still visit"),
        (ONCE, {}, "New buyers"),
        (ONCE | {"purchase_recency_days": 35}, {}, "One-time buyers"),
        (ONCE | {"recency_days": 60, "purchase_recency_days": 60}, {}, "Lapsed one-time buyers"),
        (ONCE | LONG_AGO, {}, "Lost one-time buyers"),
        (ONCE | {"average_order_value": 900, "revenue": 900}, ONCE, "Big spenders"),
        (LOYAL | {"price_level": 0.4}, {}, "Bargain hunters"),
        ({"cart_count": 4}, {}, "Cart hesitators"),
        ({"recency_days": 90}, {}, "Absent visitors"),
        ({"active_day_count": 9}, {}, "Window shoppers"),
        ({"favourite_category_share": 0.9}, {}, "Focused researchers"),
        ({"category_count": 9}, {}, "Wide browsers"),
        ({"active_day_count": 0}, {}, "Occasional visitors"),
        ({}, {}, "Ordinary visitors, value rank 1"),
    ],
)
def test_each_kind_is_recognised(segment: dict, other: dict, name: str) -> None:
    assert _names(segment, other)[0] == name


@pytest.mark.parametrize(
    ("segment", "other", "wrong"),
    [
        # Nearly everybody was there yesterday, and the others a snapshot date ago.
        ({"recency_days": 8}, {"recency_days": 1}, "Absent"),
        (LOYAL | {"recency_days": 8, "purchase_recency_days": 8}, LOYAL, "Lapsed"),
        # One cart in forty events is an accident.
        ({"cart_count": 1, "event_count": 40}, {}, "Cart"),
        # The dearest taste of those who spend less than others is no big spending.
        (ONCE | {"price_level": 3.0}, ONCE | {"revenue": 900, "price_level": 0.5}, "Big"),
        # More categories than others, and still only two.
        ({"category_count": 2}, {}, "Wide"),
        ({"favourite_category_share": 0.45}, {}, "Focused"),
        ({"active_day_count": 7}, {"active_day_count": 14}, "Occasional"),
        ({"recency_days": 29}, {"recency_days": 1}, "Absent"),
        # Cheaper than others is not cheap.
        (LOYAL | {"price_level": 1.0}, LOYAL | {"price_level": 2.0}, "Bargain"),
    ],
)
def test_standing_out_makes_no_name_true(segment: dict, other: dict, wrong: str) -> None:
    assert not _names(segment, other)[0].startswith(wrong)


def test_who_orders_daily_and_has_been_gone_for_weeks_is_not_loyal() -> None:
    """Within the two weeks that every customer has, but far beyond the own rhythm."""
    daily = LOYAL | {"mean_days_between_orders": 1.0, "purchase_recency_days": 14}
    assert _names(daily, {})[0] == "Repeat buyers"


@pytest.mark.parametrize(
    ("gone", "there", "name"),
    [
        # Most have ordered again, and most are lost: not the same ones.
        (ONCE | LONG_AGO, LOYAL | LONG_AGO | {"mean_days_between_orders": 400}, "Lapsed buyers"),
        (LOYAL | LONG_AGO, ONCE, "Lost repeat buyers"),
    ],
)
def test_a_name_that_tells_of_some_is_true_of_those(gone: dict, there: dict, name: str) -> None:
    labels, users = _users(gone, there, LOYAL | LONG_AGO, {})
    is_kept = np.arange(len(labels)) % 40 < np.array([35, 40, 10, 40])[labels]
    labels, users = np.maximum(labels - 2, 0)[is_kept], users[is_kept].reset_index(drop=True)
    assert name_segments(labels, users)[0].english == name


def test_of_two_that_spend_nearly_alike_none_is_the_highest() -> None:
    """Another sample of the same customers would give the name to the other."""
    dear = ONCE | {"average_order_value": 100, "revenue": 100}
    nearly = dear | {"average_order_value": 93, "revenue": 93}
    assert "Big spenders" not in _names(dear, nearly, ONCE)
    assert _names(dear, nearly | {"revenue": 85}, ONCE)[0] == "Big spenders"
    former = SegmentName("big_spenders")
    again = name_segments(*_users(dear, nearly, ONCE), former={0: former})
    assert again[0].english == "Big spenders"
    overtaken = name_segments(*_users(nearly, dear, ONCE), former={0: former})
    assert overtaken[0].english != "Big spenders"


def test_dear_choices_are_not_called_cheaper() -> None:
    dear, dearer = LOYAL | {"price_level": 1.2}, LOYAL | {"price_level": 1.7}
    assert _names(dear, dearer, {}) == [
        "Loyal regulars",
        "Loyal regulars, dearer choices",
        "Ordinary visitors",
    ]


def test_a_feature_that_hardly_separates_is_not_preferred_for_what_it_is_about() -> None:
    """Otherwise two samples of the same customers would be told apart by different features."""
    rng = np.random.default_rng(0)
    labels, users = _users(LOYAL, LOYAL, size=400)
    users["order_count"] = 3 + rng.binomial(9, np.where(labels, 0.5, 0.48))
    users["favourite_category_share"] = np.where(labels, 0.9, 0.4)
    said = [name.english.partition(", ")[2] for name in name_segments(labels, with_orders(users))]
    assert said == ["more varied interests", "closer to one category"]


def test_names_do_not_follow_numbers() -> None:
    labels, users = _users(LOYAL, {}, ONCE)
    named = name_segments(labels, users)
    renumbered = np.array([2, 0, 1])
    assert [name_segments(renumbered[labels], users)[place] for place in renumbered] == list(named)


def test_segments_of_one_kind_are_told_apart_by_what_separates_them() -> None:
    looking = (
        {"active_day_count": 9, "price_level": 3.0},
        {"active_day_count": 8, "price_level": 0.5},
    )
    named = name_segments(*_users(*looking, *[{"active_day_count": 1}] * 3))
    assert named[0].english == "Window shoppers, dearer choices"
    assert named[1].english == "Window shoppers, cheaper choices"
    assert named[0].french == "Adeptes du lèche-vitrines, articles plus chers"
    assert named[0].rule.endswith(
        "Among segments of this kind: dearer choices (median: 300% of the median price;"
        " the nearest segment: 50% of the median price)."
    )


def test_of_buyers_their_orders_say_most() -> None:
    """They differ more in what they look at, a little in what they spend."""
    first = LOYAL | {"revenue": 91, "category_count": 9}
    mixed = [{"revenue": float(place)} for place in range(40, 150, 10)]
    labels, users = _users(first, LOYAL, *[LOYAL | one for one in mixed], size=4)
    labels = np.minimum(labels, 2)
    users.loc[0, "revenue"] = 40
    assert name_segments(labels[labels < 2], users[labels < 2])[0].english == (
        "Loyal regulars, higher spend"
    )


def test_no_segment_is_said_to_have_more_than_one_that_has_as_much() -> None:
    """Only one of three can have the most orders, and the middle one stands out in nothing."""
    rows = [LOYAL | {"order_count": count, "revenue": count} for count in (3, 5, 9)]
    assert _names(*rows) == [
        "Loyal regulars, fewer orders",
        "Loyal regulars",
        "Loyal regulars, more orders",
    ]


LEVELS = (Level("spend", 2_600.0), Level("spend", 900.0))


def _middling(*rows: dict) -> tuple[np.ndarray, pd.DataFrame]:
    """Loyal customers between a segment that has more of everything and one that has less."""
    least = LOYAL | {"order_count": 3, "revenue": 9, "average_order_value": 1}
    most = LOYAL | {"order_count": 400, "revenue": 9_999, "average_order_value": 999}
    return _users(least, most, *[LOYAL | {"order_count": 5} | row for row in rows])


def _apart(labels: np.ndarray, users: pd.DataFrame, *former: str) -> list[str]:
    """Return what tells the middling segments apart, the first two named so far as given."""
    names = {at: coded(f"Loyal regulars, {one}", *LEVELS) for at, one in enumerate(former, 2)}
    named = name_segments(labels, users, former=names)[2:]
    assert all(name.french.startswith("Clients fidèles, ") for name in named)
    return [name.english.partition(", ")[2] for name in named]


def test_segments_that_are_first_in_nothing_are_told_apart_by_rhythm_or_spend() -> None:
    weekly = {"mean_days_between_orders": 7.2, "revenue": 600}
    monthly = {"mean_days_between_orders": 30.0, "revenue": 600}
    assert _apart(*_middling(weekly, monthly)) == [
        "an order every 7 days",
        "an order every 30 days",
    ]
    labels, users = _middling({"revenue": 2_612.0}, {"revenue": 897.0})
    assert _apart(labels, users) == ["about 2,600 per customer", "about 900 per customer"]
    french = name_segments(labels, users)[2].french
    assert french == "Clients fidèles, environ 2\u202f600 par client"


@pytest.mark.parametrize(
    ("spends", "expected"),
    [
        ((2_900, 700), ["about 2,600 per customer", "about 900 per customer"]),
        ((3_500, 700), ["about 3,500 per customer", "about 900 per customer"]),
        ((2_900, 2_910), ["about 2,600 per customer", "value rank 2"]),
        # All spend the same, as often.
        ((2_900, 2_900, 2_900), ["about 2,600 per customer", "value rank 3", "value rank 4"]),
    ],
)
def test_a_level_stays_while_it_is_about_true(spends: tuple, expected: list) -> None:
    labels, users = _middling(*[{"revenue": float(spend)} for spend in spends])
    former = ("about 2,600 per customer", "about 900 per customer")
    assert _apart(labels, users, *former) == expected
    level = Level("spend", 100.0)
    wrong = dict.fromkeys(range(2, len(spends) + 2), SegmentName("loyal_regulars", level))
    assert untrue_names(labels, users, wrong)[2] == (f"not so: {level}",)


def test_where_only_purchases_are_recorded_nobody_visits() -> None:
    few = LOYAL | {"event_count": 3, "active_day_count": 3, "events_per_session": 9}
    many = dict.fromkeys(("order_count", "event_count", "purchase_count", "active_day_count"), 9)
    many = few | many | {"events_per_session": 1, "revenue": 270}
    labels, users = _users(few, many, ONCE | {"event_count": 1})
    named = name_segments(labels, users)
    assert [name.english for name in named] == [
        "Loyal regulars, fewer orders",
        "Loyal regulars, more orders",
        "New buyers",
    ]
    assert not any("visit" in name.rule + name.action for name in named)


def test_a_user_with_an_order_and_few_events_breaks_nothing() -> None:
    labels, users = _users(ONCE | {"event_count": 1, "purchase_count": 1}, {})
    assert name_segments(labels, users)[0].english == "New buyers"


def test_nobody_buys_at_all() -> None:
    labels, users = _users({"cart_count": 4}, {"active_day_count": 9}, {"active_day_count": 0})
    named = name_segments(labels, users)
    assert [name.english for name in named] == [
        "Cart hesitators", "Window shoppers", "Occasional visitors",
    ]  # fmt: skip
    assert all("nan" not in name.rule for name in named)


def test_ten_segments_alike_have_ten_names() -> None:
    rng = np.random.default_rng(0)
    users = pd.DataFrame(rng.random((1_000, len(PROFILE_FEATURES))), columns=list(PROFILE_FEATURES))
    users["order_count"] = 3
    labels = np.arange(1_000) % 10
    named = name_segments(labels, with_orders(users))
    assert len({name.english for name in named}) == 10
    assert len({name.french for name in named}) == 10


def test_rules_quote_figures_and_leave_no_placeholder() -> None:
    named = name_segments(*_users(LOYAL, {}))
    for name in named:
        assert "{" not in name.rule + name.rule_french + name.action + name.action_french
    assert named[0].rule == (
        "100% have bought, 100% of these at least twice; median: 3 orders, the last 10 days ago,"
        " against 20 days from one order to the next."
    )
    assert named[0].rule_french == (
        "100 % ont acheté, 100 % d\u2019entre eux au moins deux fois ; médiane : 3 commandes, la"
        " dernière il y a 10 jours, contre 20 jours d\u2019une commande à la suivante."
    )


def test_kinds_claims_and_signs_know_the_same_names() -> None:
    assert set(SIGNS) < set(CLAIMS)
    assert {claim.figure for claims in CLAIMS.values() for claim in claims} < set(FIGURES)
    assert {*ABOUT_ORDERS, *OF_VISITS} < set(TRAIT_UNITS)


def test_segments_without_a_noticeable_trait_are_told_apart_by_value() -> None:
    # Who spent 5, 9 and 2 differs in what was spent; who never bought differs in nothing here.
    labels, users = _users({"event_count": 25}, {"event_count": 29}, {"event_count": 22})
    named = name_segments(labels, users)
    assert [name.english for name in named] == [
        "Ordinary visitors, value rank 2",
        "Ordinary visitors, value rank 1",
        "Ordinary visitors, value rank 3",
    ]
    assert named[1].french == "Visiteurs ordinaires, rang de valeur 1"
    assert named[1].rule.endswith("Among segments of this kind: value rank 1.")
    renumbered = np.array([1, 2, 0])
    assert [name_segments(renumbered[labels], users)[place] for place in renumbered] == list(named)


def test_thirty_segments_of_one_kind_have_thirty_names() -> None:
    rows = [{"event_count": 20.0 + place} for place in range(30)]
    named = name_segments(*_users(*rows, size=4))
    assert len({name.english for name in named}) == len({name.french for name in named}) == 30


def test_who_comes_rarely_is_not_named_after_the_few_things_seen() -> None:
    """Mean ranks of 0.2 in active days and 0.65 in the share of one category: rarity is clearer."""
    rare = {"active_day_count": 0, "favourite_category_share": 0.6}
    others = [{"favourite_category_share": share} for share in (0.6, 0.3, 0.3)]
    assert _names(rare, *others, size=20)[0] == "Occasional visitors"
    # Rarer by a little only, and clearly devoted to one category.
    focused = {"active_day_count": 0, "favourite_category_share": 0.9}
    assert _names(focused, {"active_day_count": 0}, {}, size=20)[0] == "Focused researchers"


@pytest.mark.parametrize(
    ("buyers", "size", "beginning"),
    [
        (0, 40, "Nobody has bought, and"),
        (1, 400, "Fewer than 1% have bought, and"),
        (4, 400, "Only 1% have bought, and"),
        (3, 40, "Only 8% have bought, and"),
    ],
)
def test_small_shares_are_said_as_people_say_them(buyers: int, size: int, beginning: str) -> None:
    labels, users = _users({"active_day_count": 0}, {}, size=size)
    users.loc[: buyers - 1, "order_count"] = 1
    assert name_segments(labels, with_orders(users))[0].rule.startswith(beginning)


def test_nearly_all_is_not_all() -> None:
    labels, users = _users(LOYAL, {}, size=400)
    users.loc[0, "order_count"] = 0
    users.loc[1, "order_count"] = 1
    assert name_segments(labels, with_orders(users))[0].rule.startswith(
        "More than 99% have bought, more than 99% of these at least twice;"
    )


def test_loyal_are_most_of_all_users_and_not_of_buyers() -> None:
    """Six of ten have bought, four of them twice: that is not a segment of loyal customers."""
    labels, users = _users({"order_count": 0}, {}, size=100)
    users.loc[:59, "order_count"] = 1
    users.loc[:39, "order_count"] = 3
    name = name_segments(labels, with_orders(users))[0]
    assert name.english == "Mixed buyers"
    assert name.rule.startswith("60% have bought, 67% of these at least twice; median of these: 3")


def test_repeaters_and_carts_in_words() -> None:
    once, hesitating, _ = name_segments(*_users(ONCE, {"cart_count": 4}, {}))
    assert (
        once.rule
        == "100% have bought, but nobody more than once; median: the last order 10 days ago."
    )
    assert once.rule_french.startswith("100 % ont acheté, mais personne plus d\u2019une fois")
    assert hesitating.rule == (
        "100% have put something into the cart, nobody has bought; 20% of what they do is putting"
        " things into the cart."
    )


def test_who_has_not_ordered_again_is_set_beside_who_has() -> None:
    once, _ = name_segments(*_users(ONCE, LOYAL))
    assert once.rule.endswith(
        "the last order 10 days ago; whoever orders again usually does so after 20 days."
    )


def test_a_contradiction_says_what_is_claimed_and_what_is_the_case() -> None:
    labels, users = _users(ONCE | LONG_AGO, {"cart_count": 4})
    lost, hesitating = profiles_of(labels, users)
    assert contradictions("loyal_regulars", lost) == (
        "share of users with two orders or more: 0, not at least 0.5",
        "share of users with an order who are neither lapsed nor lost: 0, not at least 0.6",
        "share of users whose last order is within twice their own rhythm: 0, not at least 0.5",
        "median orders of buyers: 1, not at least 3",
    )
    assert contradictions("cart_hesitators", hesitating) == ()
    assert archetype_of(hesitating) == "cart_hesitators"
    # Within a tenth of what is claimed.
    nearly = Profile(lost.figures | {"lost": 0.46}, lost.ranks, lost.medians, lost.value)
    assert contradictions("lost_one_time_buyers", nearly)
    assert not contradictions("lost_one_time_buyers", nearly, margin=0.1)


def test_untrue_names_are_found() -> None:
    labels, users = _users(LOYAL, LOYAL | {"order_count": 9}, {})
    more = Trait("order_count", is_less=False)
    names = {
        0: SegmentName("loyal_regulars", more),
        1: SegmentName("loyal_regulars"),
        2: SegmentName("absent_visitors"),
    }
    assert untrue_names(labels, users, names) == {
        0: (f"not alone in its archetype: {more}",),
        2: ("median days since the last event: 10, not at least 30",),
    }


ORDERS = {
    "revenue": st.sampled_from([0.0, 10.0, 500.0]),
    "order_count": st.integers(0, 5),
    "purchase_recency_days": st.sampled_from([1.0, 30.0, 45.0, 90.0]),
    "mean_days_between_orders": st.sampled_from([0.0, 7.0, 40.0]),
}
EVENTS = {
    "event_count": st.integers(1, 40),
    "cart_count": st.integers(0, 2),
    "active_day_count": st.integers(1, 12),
    "recency_days": st.sampled_from([1, 8, 30, 90]),
    "price_level": st.sampled_from([0.5, 1.0, 2.0]),
    "category_count": st.integers(1, 9),
    "favourite_category_share": st.sampled_from([0.2, 0.6, 1.0]),
}


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(
        st.fixed_dictionaries(ORDERS | EVENTS),
        min_size=2,
        max_size=10,
        unique_by=lambda segment: tuple(sorted(segment.items())),
    ),
    st.randoms(use_true_random=False),
)
def test_names_are_true_distinct_and_never_follow_numbers(
    segments: list[dict], random: object
) -> None:
    labels, users = _users(*segments, size=3)
    renumbered = list(range(len(segments)))
    random.shuffle(renumbered)  # type: ignore[attr-defined]
    named = naming.name_segments(labels, users)
    again = naming.name_segments(np.array(renumbered)[labels], users)
    assert [again[place] for place in renumbered] == list(named)
    assert len({in_words(name) for name in named}) == len(named)
    told = {place: name for place, name in enumerate(named) if not is_by_value(name)}
    assert untrue_names(labels, users, told) == {}


def _store(count: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Users of six types, blurred as real ones are, with no figure on the edge of a claim."""
    rng = np.random.default_rng(11)
    means = {
        "order_count": [6, 0.3, 0.05, 0, 0, 3],
        "cart_count": [8, 2, 4, 0.1, 0.1, 4],
        "event_count": [80, 20, 30, 60, 12, 60],
        "active_day_count": [15, 4, 5, 12, 2, 8],
        "events_per_session": [6, 5, 4, 9, 2, 5],
        "recency_days": [5, 15, 10, 8, 70, 15],
        "category_count": [8, 4, 4, 10, 2, 6],
        "purchase_recency_days": [10, 10, 10, 10, 10, 15],
    }
    labels = rng.integers(0, 6, count)
    users = pd.DataFrame(
        {name: rng.poisson(np.array(mean)[labels]) for name, mean in means.items()}
    )
    users["order_count"] += labels == 1
    for name in set(PROFILE_FEATURES) - set(means):
        users[name] = rng.random(count)
    users["price_level"] = np.array([1.0, 1, 1, 1, 1, 3])[labels] * rng.lognormal(0, 0.4, count)
    users["average_order_value"] = users["price_level"] * 50 * (users["order_count"] > 0)
    users["revenue"] = users["average_order_value"] * users["order_count"]
    return labels, with_orders(users)


def test_half_the_users_give_the_same_names() -> None:
    labels, users = _store(6_000)
    expected = [(name.english, name.french) for name in name_segments(labels, users)]
    assert len({english.split(",")[0] for english, _ in expected}) >= 5
    for seed in range(20):
        half = np.random.default_rng(seed).random(len(users)) < 0.5
        named = name_segments(labels[half], users[half].reset_index(drop=True))
        assert [(name.english, name.french) for name in named] == expected


def test_a_name_stays_while_it_nearly_holds() -> None:
    labels, users = _users({"recency_days": 28}, {}, size=100)
    assert name_segments(labels, users)[0].english != "Absent visitors"
    kept = name_segments(labels, users, former={0: SegmentName("absent_visitors")})
    assert (kept[0].english, kept[0].french) == ("Absent visitors", "Visiteurs inactifs")
    assert kept[0].rule.startswith("Nobody has bought; median: last seen 28 days ago.")
    assert kept[0].action.startswith("Spend nothing: leave them out of paid campaigns")


def test_a_name_that_is_true_stays_although_another_would_be_given() -> None:
    labels, users = _users(LOYAL, {})
    former = {0: SegmentName("repeat_buyers")}
    assert name_segments(labels, users)[0].english == "Loyal regulars"
    assert name_segments(labels, users, former=former)[0].english == "Repeat buyers"


def test_a_name_that_is_contradicted_goes() -> None:
    labels, users = _users(LOYAL, {})
    former = {0: SegmentName("absent_visitors")}
    assert name_segments(labels, users, former=former)[0].english == "Loyal regulars"


def test_a_name_comes_back_from_its_codes() -> None:
    labels, users = _users(LOYAL | {"order_count": 9}, LOYAL | {"order_count": 4}, {}, {})
    for name in naming.name_segments(labels, users):
        found = name_in(name.as_row())
        assert found == SegmentName(name.archetype, name.told_apart)


@pytest.mark.parametrize(
    ("archetype", "distinction"),
    [
        (None, None),
        ("old_word", None),
        ("loyal_regulars", {"kind": "more", "feature": "premium_taste", "amount": 1.0}),
        ("loyal_regulars", {"kind": "level", "feature": "height", "amount": 1.0}),
    ],
)
def test_codes_of_another_version_are_no_name(archetype: str, distinction: dict) -> None:
    assert name_in({"archetype": archetype, "distinction": distinction}) is None


def test_what_told_a_segment_apart_goes_when_it_is_no_longer_true() -> None:
    labels, users = _users(LOYAL | {"order_count": 9}, LOYAL | {"order_count": 4})
    former = {
        0: coded("Loyal regulars, fewer orders"),
        1: coded("Loyal regulars, dearer choices"),
    }
    named = name_segments(labels, users, former=former)
    assert [name.english for name in named] == [
        "Loyal regulars, more orders",
        "Loyal regulars, fewer orders",
    ]


def test_a_new_segment_of_a_known_kind_is_told_from_the_old_one() -> None:
    alike = {"active_day_count": 9}
    rest = [{"active_day_count": 0}] * 3
    labels, users = _users(alike | {"price_level": 3.0}, alike | {"price_level": 0.5}, *rest)
    plain = SegmentName("window_shoppers")
    first, second, *_ = name_segments(labels, users, former={0: plain})
    assert first.english == "Window shoppers"
    assert second.english == "Window shoppers, cheaper choices"
    # Left alone, it keeps the qualifier that people know it by.
    alone = {0: coded("Window shoppers, dearer choices")}
    labels, users = _users(alike, *rest)
    assert name_segments(labels, users, former=alone)[0].english == in_words(alone[0])


def test_indistinguishable_new_segments_never_take_a_kept_name() -> None:
    rows = [{"event_count": 20.0 + place} for place in range(4)]
    former = {2: SegmentName("ordinary_visitors")}
    named = name_segments(*_users(*rows), former=former)
    assert [name.english.removeprefix("Ordinary visitors") for name in named] == [
        ", value rank 4",
        ", value rank 3",
        "",
        ", value rank 1",
    ]


def test_names_given_back_stay_as_they_are() -> None:
    labels, users = _store(3_000)
    named = naming.name_segments(labels, users)
    assert naming.name_segments(labels, users, former=dict(enumerate(named))) == named
