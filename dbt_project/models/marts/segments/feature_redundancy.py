"""How alike the columns that a model may read rank the customers of today."""

from ml.features.redundancy import feature_redundancy
from pipeline.engines.relations import frame_of, result, table_of

_NO_FEATURES = ["user_id", "is_eligible", "is_automatic"]


def model(dbt, session):
    """Compare every column with those that the current model reads."""
    current = table_of(dbt.ref("current_segment_model").limit(1)).to_pylist()
    names = current[0]["feature_names"] if current else []
    users = frame_of(dbt.ref("int_compared_users")).drop(columns=_NO_FEATURES)
    sample_size = int(dbt.config.get("redundancy_rows"))
    pairs = feature_redundancy(users.astype(float), names, sample_size=sample_size)
    return result(pairs, session)
