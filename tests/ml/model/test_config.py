from __future__ import annotations

import pytest

from ml.model.config import SegmentationConfig
from ml.model.errors import SegmentationError

FEATURES = ("a", "b")


def test_texts_from_yaml_become_numbers() -> None:
    config = SegmentationConfig.from_mapping(
        {"feature_names": ["a"], "k_min": "3", "explained_variance": "0.5", "segment_count": "None"}
    )
    assert (config.k_min, config.explained_variance, config.segment_count) == (3, 0.5, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("k_min", 1),
        ("k_max", 1),
        ("explained_variance", 0),
        ("explained_variance", 1.01),
        ("segment_count", 1),
        ("training_rows", 0),
        ("min_events", 0),
        ("clipping_quantile", 0.5),
        ("k_max", "many"),
        ("k_max", 2.5),
        ("k_max", "inf"),
        ("k_min", "nan"),
        ("random_seed", -1),
        ("random_seed", 2**32),
        ("feature_names", "recency"),
        ("resample_count", 1),
        ("resample_rows", 1),
        ("split_count", 0),
        ("null_draw_count", 1),
    ],
)
def test_a_value_out_of_range_is_quoted(name: str, value: object) -> None:
    with pytest.raises(SegmentationError, match=f"{name} is .*{value}"):
        SegmentationConfig.from_mapping({"feature_names": FEATURES, name: value})


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(SegmentationError, match="k_maximum"):
        SegmentationConfig.from_mapping({"feature_names": FEATURES, "k_maximum": 3})


@pytest.mark.parametrize("names", [(), ("a", "a"), ("user_id",)])
def test_features_must_be_features(names: tuple[str, ...]) -> None:
    with pytest.raises(SegmentationError, match="feature_names"):
        SegmentationConfig(feature_names=names)


def test_the_fingerprint_follows_the_settings() -> None:
    first = SegmentationConfig(feature_names=FEATURES)
    assert first.fingerprint() == SegmentationConfig(feature_names=FEATURES).fingerprint()
    assert first.fingerprint() != SegmentationConfig(feature_names=FEATURES, k_max=9).fingerprint()
    assert first.fingerprint() != SegmentationConfig(feature_names=("b", "a")).fingerprint()
