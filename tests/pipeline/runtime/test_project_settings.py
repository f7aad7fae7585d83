"""What the pipeline reads of `dbt_project.yml`, and what it says of a setting that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.ingest.checked_settings import reading_settings
from pipeline.runtime.errors import InputError
from pipeline.runtime.project_settings import PROJECT_FILE, project_settings

# What does not change the features of events that are there already.
_OF_LINES = {
    "event_types", "max_price", "min_event_time", "duplicate_key", "max_rejected_share",
    "event_type_names", "every_event_is", "ignored_event_types", "likely_event_types", "null_texts",
    "price_is", "time_format", "time_zone", "refunds", "currency", "equal_lines",
}  # fmt: skip
_OF_READING = {
    "path_columns", "decimal_mark", "thousands_mark", "columns", "optional_columns", "delimiter",
    "lookups", "other_files",
}  # fmt: skip
_OF_RUNS = {"forget_files", "events_in_batch", "min_gap_events"}


def _edited(folder: Path, former: str, later: str) -> Path:
    text = PROJECT_FILE.read_text()
    assert text.count(former) == 1
    path = folder / "dbt_project.yml"
    path.write_text(text.replace(former, later))
    return path


def test_every_setting_of_features_is_kept_with_them() -> None:
    names = list(yaml.safe_load(PROJECT_FILE.read_text())["vars"])
    before_the_model = set(names[: names.index("min_orders")])
    assert (
        set(project_settings().of_features) == before_the_model - _OF_LINES - _OF_RUNS - _OF_READING
    )


@pytest.mark.parametrize(
    ("former", "later", "said"),
    [
        ("\n  min_group_size: 10\n", "\n  min_group_size: 0\n", "min_group_size in .* at least 1"),
        ("\n  min_group_size: 10\n", "\n  min_group_size: true\n", "min_group_size in"),
        ("\n  min_group_size: 10\n", "\n", r"cannot be read \('min_group_size'\)"),
        ("\n  disclosure: internal\n", "\n  disclosure: secret\n", "neither internal nor publish"),
        ("\n  lapsed_after: 2\n", "\n  lapsed_after: 5\n", "lost_after in .* do not rise"),
        ("\n  lost_after: 4\n", "\n  lost_after: soon\n", "lost_after in .* not a number above 0"),
        ("\n  at_risk_after: 1.5\n", "\n  at_risk_after: 0\n", "not a number above 0"),
        ("\n  shortest_rhythm_days: 14\n", "\n  shortest_rhythm_days: 0\n", "shortest_rhythm_days"),
        (
            "\n  between_confidence: 0.1\n",
            "\n  between_confidence: 2\n",
            r"not a number in \[0, 1\]",
        ),
        ("\nvars:\n", "\nvars: [\n", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, former: str, later: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        project_settings(_edited(tmp_path, former, later))


def test_a_number_without_a_fraction_is_a_confidence_too(tmp_path: Path) -> None:
    path = _edited(tmp_path, "\n  between_confidence: 0.1\n", "\n  between_confidence: 0\n")
    assert project_settings(path).min_group_size == 10


def test_columns_in_paths_are_known_columns(tmp_path: Path) -> None:
    path = _edited(tmp_path, "\n  path_columns: []\n", "\n  path_columns: [event_type, brand]\n")
    assert reading_settings(path).path_columns == ("event_type", "brand")
    path = _edited(tmp_path, "\n  path_columns: []\n", "\n  path_columns: [kind]\n")
    with pytest.raises(
        InputError, match=r"path_columns in dbt_project\.yml is not a list of event_time"
    ):
        reading_settings(path)


@pytest.mark.parametrize(
    ("former", "later", "said"),
    [
        ("decimal_mark: null", 'decimal_mark: "_"', "decimal_mark in .* is neither"),
        ("decimal_mark: null", "decimal_mark: 1", "decimal_mark in .* is neither"),
        ("thousands_mark: null", "thousands_mark: x", "thousands_mark in .* is not a point"),
        (
            "decimal_mark: null\n  thousands_mark: null",
            'decimal_mark: ","\n  thousands_mark: ","',
            "thousands_mark in .* other than decimal_mark",
        ),
    ],
)
def test_a_mark_of_numbers_is_one_that_is_used(
    tmp_path: Path, former: str, later: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        reading_settings(_edited(tmp_path, former, later))
    path = _edited(tmp_path, "\n  decimal_mark: null\n", '\n  decimal_mark: ","\n')
    assert reading_settings(path).decimal_mark == ","
