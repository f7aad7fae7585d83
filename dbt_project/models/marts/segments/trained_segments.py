"""The segment models: parameters as data, every version that was ever trained."""

from datetime import UTC, datetime
from functools import partial

from ml.model.config import SegmentationConfig
from ml.versions import with_current_model
from pipeline.engines.relations import former_table, frame_of, result, value_of


def model(dbt, session):
    """Keep the earlier versions; train a new one only where there is a reason to."""
    model_features = dbt.config.get("model_features")
    value_weight = dbt.config.get("model_value_weight")
    has_purchases_only = bool(value_of(dbt.ref("store_totals"), "bool_or(is_purchases_only)"))
    if has_purchases_only:
        model_features = dbt.config.get("purchase_features") or model_features
        value_weight = dbt.config.get("purchase_value_weight")
    config = SegmentationConfig.from_mapping(
        {
            "feature_names": model_features,
            "value_weight": value_weight,
            "value_first": has_purchases_only,
            "outcome_days": dbt.config.get("outcome_days"),
            "min_orders": dbt.config.get("min_orders"),
            "min_events": dbt.config.get("min_events"),
            "explained_variance": dbt.config.get("explained_variance"),
            "k_min": dbt.config.get("k_min"),
            "k_max": dbt.config.get("k_max"),
            "segment_count": dbt.config.get("segment_count"),
            "training_rows": dbt.config.get("training_rows"),
            "silhouette_rows": dbt.config.get("silhouette_rows"),
            "random_seed": dbt.config.get("random_seed"),
            "resample_count": dbt.config.get("resample_count"),
            "resample_rows": dbt.config.get("resample_rows"),
            "split_count": dbt.config.get("split_count"),
            "null_draw_count": dbt.config.get("null_draw_count"),
            "min_group_size": dbt.config.get("min_group_size"),
        }
    )
    users = dbt.ref("int_training_users")
    past = dbt.ref("int_past_outcomes")
    versions = with_current_model(
        # Until names came from catalogues, the table was called `segment_model`.
        former_table(session, dbt.this.schema, dbt.this.identifier, "segment_model"),
        partial(frame_of, users, "user_id"),
        config,
        load_past=partial(frame_of, past, "snapshot_date", "user_id"),
        retrain=bool(dbt.config.get("retrain")),
        eligible_user_count=value_of(dbt.ref("segment_inputs").filter("is_eligible"), "count(*)"),
        as_of=value_of(users, "max(as_of)"),
        # Not from the configuration, which is as old as dbt's notes on the project.
        trained_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    )
    return result(versions, session)
