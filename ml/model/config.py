"""The settings of a segmentation, checked once, where they come in."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ml.model.errors import SegmentationError

_NOTHING = (None, "", "None", "null")


@dataclass(frozen=True)
class SegmentationConfig:
    """What a segmentation is made with. Another value of any field is another model.

    Parameters
    ----------
    feature_names : tuple of str
        Columns the model reads, in this order.
    min_orders, min_events : int
        Orders or events that make a user eligible; applied where users are selected, recorded here.
    outcome_days : int
        Length of the outcomes of the past; applied where they are counted, recorded here.
    value_weight : float, at least 1
        How much a difference along the value axis counts beside other differences; 1 for alike.
    value_first : bool
        Whether the value axis counts in any case, or only where nothing is natural without it.
    explained_variance : float in (0, 1]
        Share of the variance that the principal components keep.
    k_min, k_max : int
        Smallest and largest number of segments tried.
    segment_count : int or None
        A number of segments set by hand; None lets the rule of `ml.choice_of_k.selection` decide.
    training_rows, silhouette_rows : int
        Users that train, and users on which the silhouette is computed, at the most.
    random_seed : int
        Seed of every random choice.
    clipping_quantile : float in [0, 0.5)
        Values beyond this quantile, on either side, are set to it.
    restart_count : int
        Starts of K-Means for each number of segments; the best is kept.
    resample_count, split_count, null_draw_count : int
        Repetitions that judge each number of segments: resamples for the stability, splits into
        halves for the prediction strength, draws of users without segments for the gain.
    resample_rows : int
        Users in a resample, in a half, and in a draw, at the most.
    min_group_size : int
        No rule that explains a segment rests on fewer users. Rules are kept with the model, so
        another size makes another model.

    Raises
    ------
    SegmentationError
        For a value out of its range, quoting it.
    """

    feature_names: tuple[str, ...]
    min_orders: int = 1
    min_events: int = 10
    outcome_days: int = 30
    value_weight: float = 1.0
    value_first: bool = False
    explained_variance: float = 0.90
    k_min: int = 2
    k_max: int = 10
    segment_count: int | None = None
    training_rows: int = 200_000
    silhouette_rows: int = 10_000
    random_seed: int = 20191001
    clipping_quantile: float = 0.005
    restart_count: int = 10
    resample_count: int = 30
    resample_rows: int = 10_000
    split_count: int = 20
    null_draw_count: int = 10
    min_group_size: int = 10

    def __post_init__(self) -> None:
        names = self.feature_names
        _require(bool(names), "feature_names", names, "name at least one feature")
        _require(len(set(names)) == len(names), "feature_names", names, "name each feature once")
        _require("user_id" not in names, "feature_names", names, "an id is not a feature")
        _require(self.value_weight >= 1, "value_weight", self.value_weight, "at least 1")
        _require(
            0 < self.explained_variance <= 1,
            "explained_variance",
            self.explained_variance,
            "more than 0, at most 1",
        )
        _require(self.k_min >= 2, "k_min", self.k_min, "at least 2")
        _require(self.k_max >= self.k_min, "k_max", self.k_max, f"at least k_min, {self.k_min}")
        _require(
            self.segment_count is None or self.segment_count >= 2,
            "segment_count",
            self.segment_count,
            "at least 2, or null",
        )
        for name in (
            "min_orders",
            "min_events",
            "outcome_days",
            "training_rows",
            "silhouette_rows",
            "restart_count",
            "split_count",
            "min_group_size",
        ):
            _require(getattr(self, name) >= 1, name, getattr(self, name), "at least 1")
        # Two draws are the fewest that have a spread.
        for name in ("resample_count", "resample_rows", "null_draw_count"):
            _require(getattr(self, name) >= 2, name, getattr(self, name), "at least 2")
        # The range that NumPy and scikit-learn take.
        _require(
            0 <= self.random_seed < 2**32, "random_seed", self.random_seed, "in [0, 4294967295]"
        )
        _require(
            0 <= self.clipping_quantile < 0.5,
            "clipping_quantile",
            self.clipping_quantile,
            "in [0, 0.5)",
        )

    @classmethod
    def from_mapping(cls, settings: Mapping[str, Any]) -> SegmentationConfig:
        """Read settings as they come from YAML, where a number may be a text.

        Raises
        ------
        SegmentationError
            For an unknown name, or a value that is not a number, quoting it.

        Examples
        --------
        >>> SegmentationConfig.from_mapping({"feature_names": ["a"], "k_max": "5"}).k_max
        5
        """
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(settings) - known)
        if unknown:
            raise SegmentationError(f"Unknown segmentation settings: {', '.join(unknown)}.")
        read = {name: _read(name, value) for name, value in settings.items()}
        return cls(**read)

    def as_json(self) -> str:
        """Return the settings as JSON with sorted keys."""
        return json.dumps(asdict(self), sort_keys=True)

    def fingerprint(self) -> str:
        """Return a hash that changes with any setting."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:16]


def _require(holds: bool, name: str, value: object, demand: str) -> None:
    if not holds:
        raise SegmentationError(f"The setting {name} is {value!r}; it must be {demand}.")


def _read(name: str, value: Any) -> Any:
    if name == "feature_names":
        # A text would fall apart into letters.
        _require(not isinstance(value, str), name, value, "a list of names")
        return tuple(value or ())
    if name == "value_first":
        _require(isinstance(value, bool), name, value, "true or false")
        return value
    if name == "segment_count" and value in _NOTHING:
        return None
    convert = float if name in ("explained_variance", "clipping_quantile", "value_weight") else int
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise SegmentationError(
            f"The setting {name} is {value!r}, which is not a number."
        ) from None
    if convert is int and not (math.isfinite(number) and number.is_integer()):
        raise SegmentationError(f"The setting {name} is {value!r}, which is not a whole number.")
    return convert(number)
