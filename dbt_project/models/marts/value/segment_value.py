"""What each segment did in the month after it was told, beside what RFM would have told."""

from ml.outcomes.value import value_by_group
from pipeline.engines.relations import result, table_of


def model(dbt, session):
    """Estimate rates and means per snapshot date, scheme and group, with their intervals."""
    users = table_of(dbt.ref("int_outcomes"), "snapshot_date", "user_id")
    return result(value_by_group(users), session)
