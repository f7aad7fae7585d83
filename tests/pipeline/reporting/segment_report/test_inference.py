"""A reader in public who subtracts learns nothing of a small group.

What is told does not depend on its size: a total leaves it out, and whether it is told at all
depends on how many people such groups could be, not on how many they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.reporting.kit.disclosure import Policy, Total, is_small
from pipeline.reporting.segment_report.audience import Part, Parts, exact_audience, gather_parts
from pipeline.reporting.segment_report.disclosure.customers import told_audience, told_model
from pipeline.reporting.segment_report.disclosure.segments import told_segments
from pipeline.reporting.segment_report.drift.facts import Drift, FeatureDrift
from pipeline.reporting.segment_report.drift.view import View
from pipeline.reporting.segment_report.gathering import gather_facts
from pipeline.reporting.segment_report.label_stability.disclosure import told_label_stability
from pipeline.reporting.segment_report.label_stability.facts import gather_label_stability
from pipeline.reporting.segment_report.method.facts import Model
from pipeline.reporting.segment_report.migrations.disclosure import told_move
from pipeline.reporting.segment_report.migrations.facts import gather_migrations
from pipeline.reporting.segment_report.profiles.facts import gather_segments
from pipeline.reporting.segment_report.section import Store
from pipeline.reporting.segment_report.value.disclosure import told_values
from pipeline.reporting.segment_report.value.facts import gather_values

from .relations import segment_value, value_share, write, write_texts
from .store import TOTALS, build, resized
from .test_label_stability import part
from .test_migrations import went

MINIMUM = 10
PUBLIC = Policy(MINIMUM, is_public=True)
NOVEMBER = dt.date(2019, 11, 1)
LARGE = st.integers(MINIMUM, 300)
FEW = st.integers(1, MINIMUM - 1)

# Only customers of large segments buy. Of the large groups, a dozen lie between two segments.
_STORE = """
create or replace table marts.user_segments as
select
    row_number() over () as user_id, segment_id, unsegmented_reason,
    case
        when segment_id is null then null
        when place < 12 and size >= 10 then 0.05
        else 0.5
    end as confidence
from by_hand, range(size) as places (place);

create or replace table marts.user_features as
select
    user_id, if(segment_id > 0, 1, 0) as order_count, 0 as cart_count,
    if(segment_id > 0, 12.34, 0)::decimal(18, 2) as revenue
from marts.user_segments;

create or replace table marts.segment_profiles as
select
    segment_id, 2 as model_version, count(*) as user_count,
    count(*) / (sum(count(*)) over ())::double as user_share,
    0.0 as revenue_share, 0 as order_count, 0.0 as buyer_rate
from marts.user_segments
where segment_id is not null
group by segment_id;

create or replace table marts.segment_feature_profiles (
    segment_id int, feature_name text, median_value double, everyone_median double,
    deviation double
);

create or replace table marts.segment_texts as
select
    segment_id, model_version, 'en' as language, 'Name' as segment_name, 'Rule' as naming_rule,
    'Do' as recommended_action, null as tree_rule, [''] as quoted_figures
from marts.segment_profiles
"""


@pytest.fixture(scope="module")
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("create schema marts")
        yield connection


def told(connection: duckdb.DuckDBPyConnection, sizes: dict[int | str, int]) -> tuple:
    """Return what is told of these segments and, by their reasons, of those without one."""
    groups = ", ".join(
        f"({name}, null, {size})" if isinstance(name, int) else f"(null, '{name}', {size})"
        for name, size in sizes.items()
    )
    connection.execute(
        "create or replace table by_hand (segment_id int, unsegmented_reason text, size int);"
        f" insert into by_hand values {groups}"
    )
    connection.execute(_STORE)
    connection.execute(TOTALS)
    parts = gather_parts(connection)
    audience = told_audience(exact_audience(parts), parts, PUBLIC)
    average = audience.labelled.revenue_per_user
    return audience, told_segments(gather_segments(connection, parts), parts, PUBLIC, average)


@pytest.mark.parametrize("small", [0, "automatic_traffic"])
@settings(max_examples=15, deadline=None)
@given(large=st.lists(LARGE, min_size=1, max_size=3), below=LARGE, few=FEW, others=FEW)
def test_totals_and_shares_tell_no_small_group(memory, small, large, below, few, others) -> None:
    sizes: dict[int | str, int] = dict(enumerate(large, start=1))
    sizes["too_few_events"] = below
    assert told(memory, sizes | {small: few}) == told(memory, sizes | {small: others})


@pytest.mark.parametrize(("others", "total"), [(141, None), (908, None), (909, 909)])
def test_the_boundary_of_what_is_told_is_no_clue(memory, others, total) -> None:
    """Nine of 909 + 9 people are less than one per cent, so 909 are told, be there one or nine."""
    for few in (1, 8, 9):
        audience = told(memory, {0: few, 1: others})[0]
        assert audience.user_count == Total(total, is_exact=False)


def test_few_who_did_not_buy_do_not_follow_from_all_buyers(tmp_path) -> None:
    """Of 4,000 customers all but 7, or all but 5, bought; of those without a segment nobody did."""
    counts = set()
    for buyers in (3993, 3995):
        groups = resized(buyers=4000)
        groups["passers"] = replace(groups["passers"], buyers=0, orders=0)
        groups["buyers"] = replace(groups["buyers"], buyers=buyers)
        facts = gather_facts(build(tmp_path / f"{buyers}.duckdb", groups), policy=PUBLIC)
        counts.add(facts.audience.buyer_count)
    assert counts == {Total(4020, is_exact=False)}


def test_the_customers_who_trained_tell_no_small_group(tmp_path) -> None:
    """Of the small store all who have a segment trained: 941 and a few looked or bought."""
    told = set()
    for few in (8, 9):
        groups = resized(lookers=901, buyers=40, spenders=few)
        model = gather_facts(build(tmp_path / f"{few}.duckdb", groups), policy=PUBLIC).model
        told.add((model.eligible_user_count, model.training_user_count))
    assert told == {(Total(941, is_exact=False),) * 2}


@pytest.mark.parametrize(
    ("few", "policy", "is_told"),
    [(8, PUBLIC, False), (0, PUBLIC, True), (8, Policy(MINIMUM), True)],
)
def test_what_the_number_of_customers_follows_from_is_hidden_with_it(few, policy, is_told) -> None:
    parts = Parts({1: Part(141, 0, Decimal(0)), **({2: Part(few, 0, Decimal(0))} if few else {})})
    criteria = {"inertia": 2.0, "calinski_harabasz": 3.0}
    everybody = Total(141 + few)
    model = Model(1, (), (), (), 2, "rule", everybody, everybody, NOVEMBER, {}, {2: criteria})
    hidden = criteria.keys() - told_model(model, parts, policy).evaluations[2].keys()
    assert hidden == (set() if is_told else {"calinski_harabasz"})
    drift = Drift((FeatureDrift("one", 0.01, 0.016, is_drifted=False),))
    with duckdb.connect() as connection:
        told_drift = View.disclose(drift, Store(connection, parts, policy, {}))
    assert (told_drift == drift) is is_told
    assert is_told or [one.noise for one in told_drift.features] == [None]


@given(large=st.lists(LARGE, min_size=1, max_size=3), few=FEW, others=FEW)
@settings(max_examples=12, deadline=None)
@example(large=[141], few=8, others=9)
def test_the_month_after_tells_no_small_group(memory, large, few, others) -> None:
    found = []
    for count in (few, others):
        users = sum(large) + count
        values = [segment_value(NOVEMBER, at, size) for at, size in enumerate(large, start=1)]
        values += [segment_value(NOVEMBER, 0, count), segment_value(NOVEMBER, "all", users)]
        write(memory, "segment_value", *values)
        write(memory, "value_shares", value_share(NOVEMBER, "segment", users, 0.1))
        exact = gather_values(memory)
        assert exact is not None
        found.append(told_values(exact, PUBLIC))
    assert found[0] == found[1]


def test_the_share_that_stayed_tells_no_small_group(memory) -> None:
    """A few were in a segment that nobody is in any more; 270 of 405 others stayed."""
    write_texts(memory, {"segment_id": 0, "en": {"segment_name": "A"}})
    migrations = [
        went(former, later, 90 if former == later else 15)
        for former in (0, 1, 3, "not_seen_yet")
        for later in (0, 1, 3, "too_few_events")
    ]
    shares = set()
    for few in (2, 9):
        write(memory, "segment_migrations", *migrations, went(2, 0, few))
        shares.add(told_move(gather_migrations(memory).migrations[0], PUBLIC).stayed)
    assert shares == {270 / 405}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.integers(MINIMUM, 60).flatmap(
            lambda size: st.tuples(st.just(size), st.integers(0, size))
        ),
        min_size=1,
        max_size=5,
    )
)
def test_those_between_do_not_follow_from_their_total(memory, groups) -> None:
    """A reader knows the total and the sizes, and that no more are between than there are."""
    parts = Parts({at: part(size, between) for at, (size, between) in enumerate(groups)})
    shown = told_label_stability(gather_label_stability(memory, parts), parts, PUBLIC).between
    hidden = [group for group, one in zip(groups, shown, strict=True) if one.user_count is None]
    total, room = sum(between for _, between in hidden), sum(size for size, _ in hidden)
    if is_small(total, MINIMUM) or is_small(room - total, MINIMUM):
        # Then nothing is left to hide behind.
        assert len(hidden) == len(groups)
        return
    for size, between in hidden:
        if is_small(between, MINIMUM) or is_small(size - between, MINIMUM):
            least, most = max(0, total - (room - size)), min(size, total)
            assert least < most or len(hidden) == len(groups)
