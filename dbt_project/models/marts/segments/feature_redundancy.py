"""How alike the columns that a model may read rank the customers of today."""

from ml.features.redundancy import feature_redundancy

_NO_FEATURES = ["user_id", "is_eligible", "is_automatic"]


def model(dbt, session):  # noqa: ARG001 - dbt passes both
    """Compare every column with those that the current model reads."""
    current = dbt.ref("current_segment_model").limit(1).to_arrow_table().to_pylist()
    names = current[0]["feature_names"] if current else []
    users = dbt.ref("int_compared_users").df().drop(columns=_NO_FEATURES)
    sample_size = int(dbt.config.get("redundancy_rows"))
    return feature_redundancy(users.astype(float), names, sample_size=sample_size)
