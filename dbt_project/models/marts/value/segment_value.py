"""What each segment did in the month after it was told, beside what RFM would have told."""

from ml.outcomes.value import value_by_group


def model(dbt, session):  # noqa: ARG001 - dbt passes both
    """Estimate rates and means per snapshot date, scheme and group, with their intervals."""
    users = dbt.ref("int_outcomes").order("snapshot_date, user_id")
    return value_by_group(users.to_arrow_table())
