"""A small publication, made by hand: what exports read, without a run."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from pipeline.warehouse.publication import published_path

_PUBLICATION = """
    create schema marts;
    create schema core;
    create schema ops;
    create table ops.publication as select 'state' as state;
    create table marts.current_segment_model as
    from (values (0, 'Loyal regulars', 1), (1, 'Lost', 1))
        as t(segment_id, segment_name, model_version);
    create table marts.segment_texts as
    from (values (1, 0, 'fr', 'Clients fidèles'), (1, 1, 'en', 'Lost'))
        as t(model_version, segment_id, language, segment_name);
    create table marts.user_segments as
    from (values
        (1, '1', 0, 'Loyal regulars', 'active', 0.9, 120.50),
        (2, '=cmd|calc', 0, 'Loyal regulars', 'lost', 0.2, 10.00),
        (3, '+33612345678', 1, 'Lost', 'lost', 0.5, 0.00),
        (4, '@SUM(A1)', null, null, 'prospect', null, 0.00)
    ) as t(user_id, customer_id, segment_id, segment_name, lifecycle_state, confidence, revenue);
    create view marts.customers as
    select
        user_id::bigint as user_id, customer_id, segment_id::integer as segment_id, segment_name,
        null::varchar as unsegmented_reason, lifecycle_state, confidence::double as confidence,
        'Lost' as next_segment_name, 2.5::double as next_distance, 1 as model_version,
        date '2020-01-01' as as_of, revenue::decimal(18, 2) as revenue,
        timestamp '2019-12-31 10:00:00' as last_event_at, false as is_automatic
    from marts.user_segments;
"""


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a warehouse whose publication has four customers in two segments."""
    path = tmp_path_factory.mktemp("published") / "shop.duckdb"
    with duckdb.connect(str(published_path(path))) as connection:
        connection.execute(_PUBLICATION)
    return path
