"""What is said of every segment, in every language for which there is a catalogue."""

from pipeline.engines.relations import result, table_of
from pipeline.reporting.segment_texts import texts_of


def model(dbt, session):
    """Put the codes of all versions into words."""
    trained = table_of(dbt.ref("trained_segments"), "model_version", "segment_id")
    return result(texts_of(trained.to_pylist()), session)
