"""What is said of every segment, in every language for which there is a catalogue."""

from pipeline.reporting.segment_texts import texts_of


def model(dbt, session):  # noqa: ARG001  (dbt gives both)
    """Put the codes of all versions into words."""
    trained = dbt.ref("trained_segments").order("model_version, segment_id")
    return texts_of(trained.to_arrow_table().to_pylist())
