"""How much of the next month's revenue each way of grouping users explains."""

from ml.outcomes.value import shares_by_scheme
from pipeline.engines.relations import result, table_of


def model(dbt, session):
    """Compare segments, RFM and what could be predicted at all, per snapshot date."""
    users = table_of(dbt.ref("int_outcomes"), "snapshot_date", "user_id")
    shares = shares_by_scheme(users, random_seed=int(dbt.config.get("random_seed")))
    return result(shares, session)
