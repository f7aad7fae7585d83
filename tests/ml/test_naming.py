from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ml.naming import PROFILE_FEATURES, name_segments
from ml.vocabulary import KINDS, QUALIFIERS, SHARES, Words


def _users(*segments: dict[str, object], size: int = 40) -> tuple[np.ndarray, pd.DataFrame]:
    """Build segments of equal size; what is not given is the same for all."""
    rows = [dict.fromkeys(PROFILE_FEATURES, 1.0) | {"order_count": 0} | one for one in segments]
    users = pd.DataFrame([row for row in rows for _ in range(size)])
    return np.repeat(np.arange(len(segments)), size), users


@pytest.mark.parametrize(
    ("segment", "other", "name"),
    [
        ({"order_count": 3}, {}, "Loyal regulars"),
        ({"order_count": 1}, {}, "One-time buyers"),
        ({"order_count": 3, "recency_days": 90}, {}, "Lapsed buyers"),
        (
            {"order_count": 1, "average_order_value": 900, "price_level": 3.0},
            {"order_count": 1, "average_order_value": 9},
            "Big spenders",
        ),
        ({"order_count": 2, "price_level": 0.4}, {}, "Bargain hunters"),
        ({"cart_count": 4}, {"cart_count": 0}, "Cart hesitators"),
        ({"cart_count": 0, "recency_days": 90}, {}, "Lapsed visitors"),
        ({"cart_count": 0, "active_day_count": 9}, {}, "Window shoppers"),
        ({"cart_count": 0, "favourite_category_share": 2.0}, {}, "Focused researchers"),
        ({"cart_count": 0, "category_count": 9}, {}, "Wide browsers"),
        ({"cart_count": 0, "active_day_count": 0}, {}, "Occasional visitors"),
        ({"cart_count": 0}, {}, "Ordinary visitors"),
    ],
)
def test_each_kind_is_recognised(segment: dict, other: dict, name: str) -> None:
    labels, users = _users(segment, other)
    assert name_segments(labels, users)[0].english == name


def test_names_do_not_follow_numbers() -> None:
    labels, users = _users({"order_count": 3}, {"cart_count": 0}, {"order_count": 1})
    named = name_segments(labels, users)
    renumbered = np.array([2, 0, 1])
    assert [name_segments(renumbered[labels], users)[place] for place in renumbered] == list(named)


def test_segments_of_one_kind_are_told_apart_by_what_differs_most() -> None:
    labels, users = _users(
        {"cart_count": 0, "active_day_count": 9, "price_level": 3.0},
        {"cart_count": 0, "active_day_count": 8, "price_level": 0.5},
        *[{"cart_count": 0, "active_day_count": 1}] * 3,
    )
    named = name_segments(labels, users)
    assert named[0].english == "Window shoppers, premium taste"
    assert named[1].english == "Window shoppers, low-price taste"
    assert named[0].french == "Lèche-vitrines, goût haut de gamme"


def test_ten_segments_alike_have_ten_names() -> None:
    rng = np.random.default_rng(0)
    users = pd.DataFrame(rng.random((1_000, len(PROFILE_FEATURES))), columns=list(PROFILE_FEATURES))
    labels = np.arange(1_000) % 10
    named = name_segments(labels, users)
    assert len({name.english for name in named}) == 10
    assert len({name.french for name in named}) == 10


def test_rules_quote_figures_and_leave_no_placeholder() -> None:
    labels, users = _users({"order_count": 3}, {})
    for name in name_segments(labels, users):
        assert "{" not in name.rule + name.rule_french + name.action + name.action_french
    assert (
        name_segments(labels, users)[0].rule == "100 % have bought, 100 % of these at least twice."
    )


def test_every_word_is_there_in_both_languages_and_no_name_twice() -> None:
    names = [kind.name for kind in KINDS.values()]
    assert (
        len({name.english for name in names}) == len({name.french for name in names}) == len(KINDS)
    )
    pairs = [words for pair in QUALIFIERS.values() for words in pair]
    assert len({words.english for words in pairs}) == len({words.french for words in pairs})
    assert all(words.english and words.french for words in [*names, *pairs])


def test_segments_without_a_noticeable_trait_are_told_apart_by_value() -> None:
    alike = {"cart_count": 0}
    labels, users = _users(alike | {"revenue": 5}, alike | {"revenue": 9}, alike | {"revenue": 2})
    named = name_segments(labels, users)
    assert [name.english for name in named] == [
        "Ordinary visitors, value rank 2",
        "Ordinary visitors, value rank 1",
        "Ordinary visitors, value rank 3",
    ]
    assert named[1].french == "Visiteurs ordinaires, rang de valeur 1"
    renumbered = np.array([1, 2, 0])
    assert [name_segments(renumbered[labels], users)[place] for place in renumbered] == list(named)


def test_thirty_segments_of_one_kind_have_thirty_names() -> None:
    rows = [{"cart_count": 0, "revenue": float(place)} for place in range(30)]
    labels, users = _users(*rows, size=4)
    named = name_segments(labels, users)
    assert len({name.english for name in named}) == len({name.french for name in named}) == 30


def test_who_comes_rarely_is_not_named_after_the_few_things_seen() -> None:
    """Mean ranks of 0.2 in active days and 0.65 in the share of one category: rarity is clearer."""
    rare = {"cart_count": 0, "active_day_count": 0, "favourite_category_share": 1.0}
    others = [{"cart_count": 0, "favourite_category_share": share} for share in (1.0, 0.5, 0.5)]
    labels, users = _users(rare, *others, size=20)
    assert name_segments(labels, users)[0].english == "Occasional visitors"
    # Rarer by a little only, and clearly devoted to one category.
    focused = {"cart_count": 0, "active_day_count": 0, "favourite_category_share": 2.0}
    alike = {"cart_count": 0, "active_day_count": 0}
    labels, users = _users(focused, alike, {"cart_count": 0}, size=20)
    assert name_segments(labels, users)[0].english == "Focused researchers"


def test_nobody_who_comes_often_is_called_occasional() -> None:
    # Short visits, many days: nothing else is known of them, and they are no rare guests.
    often = {"cart_count": 0, "active_day_count": 5, "events_per_session": 0.1}
    labels, users = _users(often, {"cart_count": 0, "active_day_count": 9}, {"order_count": 3})
    assert name_segments(labels, users)[0].english == "Ordinary visitors"
    assert "about as often as others: 50 %" in name_segments(labels, users)[0].rule


def test_window_shoppers_with_few_long_visits_are_not_said_to_come_often() -> None:
    labels, users = _users(
        {"cart_count": 0, "active_day_count": 0.5, "events_per_session": 9}, {"order_count": 1}
    )
    name = name_segments(labels, users)[0]
    assert name.english == "Window shoppers"
    assert "25 % of those with a segment come less often, and 75 % have shorter visits" in name.rule


def _visitors_with(buyers: int, size: int) -> str:
    """Return the rule for occasional visitors of whom so many have an order."""
    labels, users = _users({"cart_count": 0, "active_day_count": 0}, {}, size=size)
    users.loc[: buyers - 1, "order_count"] = 1
    return name_segments(labels, users)[0].rule


@pytest.mark.parametrize(
    ("buyers", "size", "beginning"),
    [
        (0, 40, "Nobody has bought, and"),
        (1, 400, "Fewer than 1 % have bought, and"),
        (4, 400, "Only 1 % have bought, and"),
        (3, 40, "Only 8 % have bought, and"),
    ],
)
def test_small_shares_are_said_as_people_say_them(buyers: int, size: int, beginning: str) -> None:
    assert _visitors_with(buyers, size).startswith(beginning)


def test_nearly_all_is_not_all() -> None:
    labels, users = _users({"order_count": 3}, {}, size=400)
    users.loc[0, "order_count"] = 0
    users.loc[1, "order_count"] = 1
    assert name_segments(labels, users)[0].rule == (
        "More than 99 % have bought, more than 99 % of these at least twice."
    )


def test_who_bought_again_is_counted_among_buyers() -> None:
    """Six of ten have bought, four of them twice: loyal, although that is less than half of all."""
    labels, users = _users({"order_count": 0}, {"cart_count": 0}, size=100)
    users.loc[:59, "order_count"] = 1
    users.loc[:39, "order_count"] = 2
    name = name_segments(labels, users)[0]
    assert name.english == "Loyal regulars"
    assert name.rule == "60 % have bought, 67 % of these at least twice."


def test_repeaters_and_carts_in_words() -> None:
    labels, users = _users({"order_count": 1}, {"cart_count": 4}, {"cart_count": 0})
    once, hesitating, _ = name_segments(labels, users)
    assert once.rule == "100 % have bought, but nobody more than once."
    assert once.rule_french == "100 % ont acheté, mais personne plus d\u2019une fois."
    assert hesitating.rule == "100 % have put something into the cart, nobody has bought."
    assert hesitating.rule_french == "100 % ont mis un article au panier, personne n\u2019a acheté."


def test_every_share_has_words_for_each_size() -> None:
    for sizes in SHARES.values():
        nobody, hardly, some, nearly = sizes
        assert all("{share}" in text for text in some)
        assert not any("{" in text for words in (nobody, hardly, nearly) for text in words)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "revenue": st.sampled_from([0.0, 10.0]),
                "order_count": st.integers(0, 3),
                "cart_count": st.integers(0, 2),
                "active_day_count": st.integers(1, 3),
                "recency_days": st.sampled_from([1, 30, 90]),
                "price_level": st.sampled_from([0.5, 1.0, 2.0]),
            }
        ),
        min_size=2,
        max_size=6,
        unique_by=lambda segment: tuple(sorted(segment.items())),
    ),
    st.randoms(use_true_random=False),
)
def test_names_never_follow_numbers(segments: list[dict], random: object) -> None:
    labels, users = _users(*segments, size=3)
    renumbered = list(range(len(segments)))
    random.shuffle(renumbered)  # type: ignore[attr-defined]
    named = name_segments(labels, users)
    again = name_segments(np.array(renumbered)[labels], users)
    assert [again[place] for place in renumbered] == list(named)
    assert len({name.english for name in named}) == len(named)


def _store(count: int) -> tuple[np.ndarray, pd.DataFrame]:
    """Users of six types, blurred as real ones are, with no mean on the edge of a rule."""
    rng = np.random.default_rng(11)
    means = {
        "order_count": [6, 1, 0.05, 0, 0, 3],
        "cart_count": [8, 2, 4, 0.1, 0.1, 4],
        "active_day_count": [15, 4, 5, 12, 2, 8],
        "events_per_session": [6, 5, 4, 9, 2, 5],
        "recency_days": [5, 15, 10, 8, 70, 15],
        "category_count": [8, 4, 4, 10, 2, 6],
    }
    labels = rng.integers(0, 6, count)
    users = pd.DataFrame(
        {name: rng.poisson(np.array(mean)[labels]) for name, mean in means.items()}
    )
    for name in set(PROFILE_FEATURES) - set(means):
        users[name] = rng.random(count)
    users["price_level"] = np.array([1.0, 1, 1, 1, 1, 3])[labels] * rng.lognormal(0, 0.4, count)
    users["average_order_value"] = users["price_level"] * 50 * (users["order_count"] > 0)
    users["revenue"] = users["average_order_value"] * users["order_count"]
    return labels, users


def test_half_the_users_give_the_same_names() -> None:
    labels, users = _store(6_000)
    expected = [(name.english, name.french) for name in name_segments(labels, users)]
    assert len({english.split(",")[0] for english, _ in expected}) >= 5
    for seed in range(20):
        half = np.random.default_rng(seed).random(len(users)) < 0.5
        named = name_segments(labels[half], users[half].reset_index(drop=True))
        assert [(name.english, name.french) for name in named] == expected


def test_a_name_stays_while_it_nearly_holds() -> None:
    # A mean rank of recency of 0.72: just below the edge.
    labels, users = _users({"cart_count": 0}, {"cart_count": 0}, size=100)
    users["recency_days"] = np.where(labels == 0, 50.0, 10.0)
    users.loc[:5, "recency_days"] = 1.0
    lapsed = Words(*KINDS["lapsed_visitors"].name)
    assert name_segments(labels, users)[0].english == "Ordinary visitors, less recent"
    kept = name_segments(labels, users, former={0: lapsed})
    assert (kept[0].english, kept[0].french) == lapsed
    assert kept[0].rule.startswith("Nobody has bought, and they have been away longer than 72 %")
    assert kept[0].action == KINDS["lapsed_visitors"].action.english


def test_a_name_that_is_contradicted_goes() -> None:
    labels, users = _users({"order_count": 3}, {"cart_count": 0})
    named = name_segments(labels, users, former={0: Words(*KINDS["lapsed_visitors"].name)})
    assert named[0].english == "Loyal regulars"


def test_a_name_outside_the_vocabulary_goes() -> None:
    labels, users = _users({"order_count": 3}, {"cart_count": 0})
    named = name_segments(labels, users, former={0: Words("Old word", "Vieux mot")})
    assert named[0].english == "Loyal regulars"


def test_a_new_segment_of_a_known_kind_is_told_from_the_old_one() -> None:
    alike = {"cart_count": 0, "active_day_count": 9}
    labels, users = _users(
        alike | {"price_level": 3.0}, alike | {"price_level": 0.5}, *[{"order_count": 1}] * 3
    )
    plain = KINDS["window_shoppers"].name
    first, second, *_ = name_segments(labels, users, former={0: plain})
    assert first.english == "Window shoppers"
    assert second.english == "Window shoppers, low-price taste"
    # Left alone, it keeps the qualifier that people know it by.
    alone = {0: Words("Window shoppers, premium taste", "Lèche-vitrines, goût haut de gamme")}
    labels, users = _users(alike, *[{"order_count": 1}] * 3)
    assert name_segments(labels, users, former=alone)[0].english == alone[0].english


def test_indistinguishable_new_segments_never_take_a_kept_name() -> None:
    rows = [{"cart_count": 0, "revenue": float(place)} for place in range(4)]
    labels, users = _users(*rows)
    former = {
        1: Words("Ordinary visitors, value rank 1", "Visiteurs ordinaires, rang de valeur 1"),
        2: KINDS["ordinary_visitors"].name,
    }
    named = name_segments(labels, users, former=former)
    assert [name.english.removeprefix("Ordinary visitors") for name in named] == [
        ", value rank 3",
        ", value rank 1",
        "",
        ", value rank 2",
    ]


def test_names_given_back_stay_as_they_are() -> None:
    labels, users = _store(3_000)
    named = name_segments(labels, users)
    former = {place: Words(name.english, name.french) for place, name in enumerate(named)}
    assert name_segments(labels, users, former=former) == named
