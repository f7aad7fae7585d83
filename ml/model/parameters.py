"""A trained model as plain data: a table with one row per segment, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from ml.model.scaling import Scaling

_NUMBERS = pa.list_(pa.float64())
# What tells a segment from others of its archetype: more or less of a feature, about how much of a
# figure, or its place by value.
_DISTINCTION = pa.struct(
    [
        ("kind", pa.string()),
        ("feature", pa.string()),
        ("unit", pa.string()),
        ("amount", pa.float64()),
        ("next_amount", pa.float64()),
    ]
)
_FIGURE = pa.struct([("figure", pa.string()), ("value", pa.float64())])
_BOUND = pa.struct(
    [
        ("feature", pa.string()),
        ("unit", pa.string()),
        ("form", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)

#: One row per model version and segment.
SCHEMA = pa.schema(
    [
        ("model_version", pa.int32()),
        ("segment_id", pa.int32()),
        ("archetype", pa.string()),
        ("distinction", _DISTINCTION),
        ("profile_figures", pa.list_(_FIGURE)),
        ("member_count", pa.int64()),
        ("feature_names", pa.list_(pa.string())),
        ("constant_features", pa.list_(pa.string())),
        ("value_axis", _NUMBERS),
        ("lower_bounds", _NUMBERS),
        ("upper_bounds", _NUMBERS),
        ("means", _NUMBERS),
        ("scales", _NUMBERS),
        ("components", pa.list_(_NUMBERS)),
        ("explained_variance_ratios", _NUMBERS),
        ("centroid", _NUMBERS),
        ("segment_count", pa.int32()),
        ("chosen_by", pa.string()),
        ("rule_segment_count", pa.int32()),
        ("verdict", pa.string()),
        ("null_correlation_error", pa.float64()),
        ("bootstrap_jaccard", pa.float64()),
        ("choices", pa.list_(pa.struct([("criterion", pa.string()), ("k", pa.int32())]))),
        ("eligible_user_count", pa.int64()),
        ("training_user_count", pa.int64()),
        ("as_of", pa.date32()),
        ("trained_at", pa.timestamp("us")),
        ("settings", pa.string()),
        ("settings_fingerprint", pa.string()),
        (
            "evaluation",
            pa.list_(
                pa.struct([("k", pa.int32()), ("criterion", pa.string()), ("value", pa.float64())])
            ),
        ),
        ("verdicts", pa.list_(pa.struct([("k", pa.int32()), ("verdict", pa.string())]))),
        (
            "thresholds",
            pa.list_(pa.struct([("criterion", pa.string()), ("threshold", pa.float64())])),
        ),
        ("tree_rules", pa.list_(pa.list_(_BOUND))),
        ("tree_precision", pa.float64()),
        ("tree_recall", pa.float64()),
        ("tree_fidelity", pa.float64()),
        ("feature_importances", _NUMBERS),
        ("bin_edges", pa.list_(_NUMBERS)),
        ("bin_shares", pa.list_(_NUMBERS)),
        ("feature_correlations", pa.list_(_NUMBERS)),
    ]
)


# What columns of earlier models were called.
_FORMER_NAMES = {"lower_caps": "lower_bounds", "upper_caps": "upper_bounds"}


def with_schema(table: pa.Table) -> pa.Table:
    """Return a table of models with the columns of `SCHEMA`; null where an earlier one lacks them.

    Examples
    --------
    >>> earlier = pa.table({"model_version": [1], "segment_id": [0]})
    >>> with_schema(earlier).select(["model_version", "verdict"]).to_pylist()
    [{'model_version': 1, 'verdict': None}]
    >>> with_schema(pa.table({"lower_caps": [[0.5]]}))["lower_bounds"].to_pylist()
    [[0.5]]
    """
    table = table.rename_columns([_FORMER_NAMES.get(name, name) for name in table.column_names])
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(len(table), field.type)
        for field in SCHEMA
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


@dataclass(frozen=True)
class ModelParameters:
    """What labels a user: scaling, axes (n_components, n_features), centroids (k, n_components).

    `segment_ids` has the shape (k,), in the order of the centroids, which is ascending.
    """

    feature_names: tuple[str, ...]
    scaling: Scaling
    components: np.ndarray
    centroids: np.ndarray
    segment_ids: np.ndarray

    def predict(self, values: np.ndarray) -> np.ndarray:
        """Return the id of the nearest segment of each user; of equally near ones the lowest.

        Parameters
        ----------
        values : float array of shape (n_users, n_features)
            In the order of `feature_names`, neither clipped nor scaled.
        """
        points = self.scaling.apply(values) @ self.components.T
        distances = ((points[:, None, :] - self.centroids[None, :, :]) ** 2).sum(axis=2)
        return self.segment_ids[distances.argmin(axis=1)]

    def as_pipeline(self) -> Pipeline:
        """Return the same model as a fitted scikit-learn pipeline.

        Its `predict` gives places in `segment_ids`. It exists so that scoring in SQL can be checked
        against an implementation that is not ours.
        """
        bounds = {"a_min": self.scaling.lower_bounds, "a_max": self.scaling.upper_bounds}
        count = len(self.feature_names)
        scaler = StandardScaler()
        scaler.mean_, scaler.scale_ = self.scaling.means, self.scaling.scales
        scaler.var_, scaler.n_features_in_ = self.scaling.scales**2, count
        pca = PCA(n_components=len(self.components))
        pca.components_, pca.mean_ = self.components, np.zeros(count)
        pca.n_features_in_, pca.whiten = count, False
        pca.n_components_ = len(self.components)
        kmeans = KMeans(len(self.centroids))
        kmeans.cluster_centers_, kmeans._n_threads = self.centroids, 1
        kmeans.n_features_in_ = self.centroids.shape[1]
        steps = [
            ("bound", FunctionTransformer(np.clip, kw_args=bounds)),
            ("scale", scaler),
            ("project", pca),
            ("segment", kmeans),
        ]
        return Pipeline(steps)


def parameters_of(table: pa.Table, model_version: int) -> ModelParameters:
    """Read one version back from a table of `SCHEMA`.

    Raises
    ------
    KeyError
        When the table has no such version.
    """
    rows = [row for row in table.to_pylist() if row["model_version"] == model_version]
    if not rows:
        raise KeyError(model_version)
    rows.sort(key=lambda row: row["segment_id"])
    first = rows[0]
    scaling = Scaling(
        *(np.array(first[name]) for name in ("lower_bounds", "upper_bounds", "means", "scales"))
    )
    return ModelParameters(
        tuple(first["feature_names"]),
        scaling,
        np.array(first["components"]),
        np.array([row["centroid"] for row in rows]),
        np.array([row["segment_id"] for row in rows]),
    )
