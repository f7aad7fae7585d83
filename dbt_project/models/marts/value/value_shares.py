"""How much of the next month's revenue each way of grouping users explains."""

from ml.outcomes.value import shares_by_scheme


def model(dbt, session):  # noqa: ARG001 - dbt passes both
    """Compare segments, RFM and what could be predicted at all, per snapshot date."""
    users = dbt.ref("int_outcomes").order("snapshot_date, user_id")
    return shares_by_scheme(users.to_arrow_table(), random_seed=int(dbt.config.get("random_seed")))
