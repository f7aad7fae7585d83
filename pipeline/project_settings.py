"""The settings in `dbt_project.yml` that the pipeline itself needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.inputs.headers import COLUMNS
from pipeline.inputs.number_formats import DECIMAL_MARKS, THOUSANDS_MARKS
from pipeline.inputs.reading_settings import ReadingSettings
from pipeline.settings import ROOT

DISCLOSURES = ("internal", "publish")
PROJECT_FILE = ROOT / "dbt_project.yml"
# What decides, at any run, what is counted of a user and where the user stands. Settings that judge
# lines take effect when a file is read.
_OF_FEATURES = (
    "as_of",
    "night_start_hour",
    "night_end_hour",
    "max_session_events",
    "max_events_a_day",
    "at_risk_after",
    "lapsed_after",
    "lost_after",
    "shortest_rhythm_days",
    "default_rhythm_days",
)


@dataclass(frozen=True)
class ProjectSettings:
    """What may be shown, and what features mean.

    `min_group_size` is the smallest group of people that is shown, at least 1, `disclosure` one of
    `DISCLOSURES`: whether such a group may be worked out from the others; customers whose
    confidence is below `between_confidence`, in [0, 1], lie between two segments; `of_features`
    are the settings that the features of all users depend on, as texts, by name.
    """

    min_group_size: int
    disclosure: str
    between_confidence: float
    of_features: Mapping[str, str]


def project_settings(path: Path = PROJECT_FILE) -> ProjectSettings:
    """Read the settings of the project.

    Raises
    ------
    InputError
        When the file cannot be read, or one of these settings is missing or out of its range.
    """
    variables = _variables(
        path, "min_group_size", "disclosure", "between_confidence", *_OF_FEATURES
    )
    of_features = {name: str(variables[name]) for name in _OF_FEATURES}
    group_size, confidence = variables["min_group_size"], variables["between_confidence"]
    disclosure = variables["disclosure"]
    _require(
        _is_number(group_size, int) and group_size >= 1,
        f"min_group_size in {path.name} is no whole number of at least 1",
    )
    _require(
        _is_number(confidence, int, float) and 0 <= confidence <= 1,
        f"between_confidence in {path.name} is no number in [0, 1]",
    )
    _require(
        disclosure in DISCLOSURES,
        f"disclosure in {path.name} is neither {' nor '.join(DISCLOSURES)}",
    )
    return ProjectSettings(group_size, disclosure, float(confidence), of_features)


def reading_settings(path: Path = PROJECT_FILE) -> ReadingSettings:
    """Read what the project says of its files.

    Raises
    ------
    InputError
        When the file cannot be read, or one of these settings is missing or wrong.
    """
    variables = _variables(path, "path_columns", "decimal_mark", "thousands_mark")
    path_columns = variables["path_columns"] or []
    _require(
        isinstance(path_columns, list) and set(path_columns) <= set(COLUMNS),
        f"path_columns in {path.name} is no list of {', '.join(COLUMNS)}",
    )
    decimal, thousands = variables["decimal_mark"], variables["thousands_mark"]
    _require(
        decimal in {None, *DECIMAL_MARKS}, f'decimal_mark in {path.name} is neither "." nor ","'
    )
    _require(
        thousands in {None, *THOUSANDS_MARKS} and (thousands is None or thousands != decimal),
        f"thousands_mark in {path.name} is no point, comma, blank or apostrophe other than"
        " decimal_mark",
    )
    return ReadingSettings(tuple(path_columns), decimal, thousands)


def _variables(path: Path, *names: str) -> dict[str, Any]:
    """Return all variables of the project; those that are named have to be there."""
    try:
        variables = yaml.safe_load(path.read_text(encoding="utf-8"))["vars"]
        return variables | {name: variables[name] for name in names}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        what = " ".join(str(error).split())
        raise InputError(
            f"{path.name} cannot be read ({what}): put back what is missing."
        ) from error


def _is_number(value: Any, *types: type) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)


def _require(condition: bool, fault: str) -> None:
    if not condition:
        raise InputError(f"{fault}: correct it there.")
