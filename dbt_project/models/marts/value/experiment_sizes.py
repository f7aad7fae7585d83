"""How large a fair test of a campaign has to be, in each segment and in several together."""

from ml.outcomes.experiment_sizes import experiment_sizes


def model(dbt, session):  # noqa: ARG001 - dbt passes both
    """Plan every experiment that the segments allow."""
    return experiment_sizes(dbt.ref("int_segment_responses").to_arrow_table())
