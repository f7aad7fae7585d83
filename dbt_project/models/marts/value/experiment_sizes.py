"""How large a fair test of a campaign has to be, in each segment and in several together."""

from ml.outcomes.experiment_sizes import experiment_sizes
from pipeline.engines.relations import result, table_of


def model(dbt, session):
    """Plan every experiment that the segments allow."""
    return result(experiment_sizes(table_of(dbt.ref("int_segment_responses"))), session)
