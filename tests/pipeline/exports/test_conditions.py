"""What `--where` lets through, and what it refuses."""

from __future__ import annotations

import pytest

from pipeline.exports.conditions import checked_condition
from pipeline.runtime.errors import InputError

COLUMNS = ("customer_id", "revenue", "order_count", "last_event_at", "as_of", "is_automatic")


@pytest.mark.parametrize(
    "text",
    [
        "revenue > 100 and not is_automatic",
        "REVENUE between 1 and 2 or order_count in (1, 2, 3)",
        "last_event_at >= date '2019-12-01' and last_event_at < as_of - 7",
        "lower(customer_id) like 'a%' and length(customer_id) > 3",
        "case when order_count = 0 then false else revenue / order_count > 10 end",
        "coalesce(revenue, 0) is distinct from 5",
        "is_automatic",
    ],
)
def test_comparisons_and_calculations_are_let_through(text: str) -> None:
    assert checked_condition(text, COLUMNS)


@pytest.mark.parametrize(
    "text",
    [
        "drop table marts.customers",
        "revenue > 1; drop table marts.customers",
        "revenue > (select max(revenue) from marts.customers)",
        "exists (select 1)",
        "revenue in (select 1)",
        "1 = 1) union all select * from read_csv('/etc/passwd') where (1 = 1",
        "customer_id in (from read_text('/etc/passwd'))",
        "read_text('/etc/passwd') is not null",
        "getenv('HOME') = '/root'",
        "current_setting('home_directory') = ''",
        "nextval('a') = 1",
        "random() > 0.5",
        "last_event_at > now()",
        "as_of = current_date",
        "customer_id ~ 'a'",
        "count(*) over () > 1",
        "sum(revenue) > 1",
        "$1 = 1",
        "copy marts.customers to '/tmp/x'",
        "attach '/tmp/x' as x",
        "pragma database_list",
        "",
        "(" * 3_000 + "revenue > 1" + ")" * 3_000,
        "revenue > 1 and " * 2_000 + "true",
    ],
)
def test_all_else_that_sql_can_do_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--where"):
        checked_condition(text, COLUMNS)


def test_a_column_that_is_not_published_is_named_with_the_one_that_is_meant() -> None:
    with pytest.raises(InputError, match=r"revenu, which is not a column .*; is revenue meant\?"):
        checked_condition("revenu > 1", COLUMNS)
    with pytest.raises(InputError, match="not a column"):
        checked_condition("users.revenue > 1", COLUMNS)
    with pytest.raises(InputError, match="not a column"):
        checked_condition("rowid > 1", COLUMNS)


def test_a_number_is_no_condition() -> None:
    with pytest.raises(InputError, match="neither true nor false"):
        checked_condition("revenue + 1", COLUMNS)


def test_comments_do_not_reach_the_database() -> None:
    assert checked_condition("revenue > 1 /* a */ -- b", COLUMNS) == '"revenue" > 1'
