"""The settings in `dbt_project.yml` that the pipeline itself needs."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.inputs.headers import COLUMNS, QUANTITY, canonical_name
from pipeline.inputs.number_formats import DECIMAL_MARKS, THOUSANDS_MARKS
from pipeline.inputs.reading_settings import OPTIONAL_COLUMNS, ReadingSettings
from pipeline.settings import ROOT

DISCLOSURES = ("internal", "publish")
PROJECT_FILE = ROOT / "dbt_project.yml"
PRESETS = ROOT / "presets"
TIME_FORMATS = ("iso", "epoch", "dd/mm/yyyy", "mm/dd/yyyy", "yyyy-mm-dd")
_CHOICES = {
    "price_is": ("unit", "line"),
    "time_format": TIME_FORMATS,
    "refunds": ("refuse", "subtract"),
    "equal_lines": ("one", "several"),
}
_OF_READING = (
    "path_columns",
    "decimal_mark",
    "thousands_mark",
    "columns",
    "optional_columns",
    "delimiter",
    "lookups",
    "other_files",
    "event_types",
    "event_type_names",
    "every_event_is",
    "time_zone",
    *_CHOICES,
)
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
    are the settings that the features of all users depend on, as texts, by name. `currency` is that
    of all prices, None where it is not known.
    """

    min_group_size: int
    disclosure: str
    between_confidence: float
    of_features: Mapping[str, str]
    currency: str | None = None


def preset_variables(name: str) -> dict[str, Any]:
    """Return the settings of a preset: of a file in `presets/`, or of any other YAML file.

    Raises
    ------
    InputError
        When there is no such preset, it cannot be read, or it sets what no project has.
    """
    path = PRESETS / f"{name}.yml" if "/" not in name and "." not in name else Path(name)
    if not path.is_file():
        known = ", ".join(sorted(preset.stem for preset in PRESETS.glob("*.yml")))
        raise InputError(f"There is no preset {name}: choose one of {known}, or name a YAML file.")
    try:
        variables = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        unknown = sorted(set(variables) - set(_variables(PROJECT_FILE)))
    except (UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        what = " ".join(str(error).split())
        raise InputError(f"{path.name} cannot be read ({what}): correct it.") from error
    _require(not unknown, f"{path.name} sets {', '.join(unknown)}, which is no setting")
    return dict(variables)


def likely_event_types() -> dict[str, list[str]]:
    """Return other names of the event types, by their letters, for each type."""
    return dict(_variables(PROJECT_FILE, "likely_event_types")["likely_event_types"])


def project_settings(
    path: Path = PROJECT_FILE, overrides: Mapping[str, Any] | None = None
) -> ProjectSettings:
    """Read the settings of the project; `overrides` are those of a preset.

    Raises
    ------
    InputError
        When the file cannot be read, or one of these settings is missing or out of its range.
    """
    variables = _variables(
        path, "min_group_size", "disclosure", "between_confidence", "currency", *_OF_FEATURES
    ) | dict(overrides or {})
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
    _require_absences(path, variables)
    currency = variables["currency"]
    _require(currency is None or isinstance(currency, str), f"currency in {path.name} is no text")
    return ProjectSettings(group_size, disclosure, float(confidence), of_features, currency)


def _require_absences(path: Path, variables: Mapping[str, Any]) -> None:
    """Refuse states of customers that no absence leads to, or a rhythm that is none."""
    for name in ("shortest_rhythm_days", "default_rhythm_days"):
        _require(
            _is_number(variables[name], int) and variables[name] >= 1,
            f"{name} in {path.name} is no whole number of at least 1",
        )
    absences = [variables[name] for name in ("at_risk_after", "lapsed_after", "lost_after")]
    _require(
        all(_is_number(one, int, float) for one in absences) and absences[0] > 0,
        f"at_risk_after, lapsed_after or lost_after in {path.name} is no number above 0",
    )
    _require(
        absences == sorted(absences),
        f"at_risk_after, lapsed_after and lost_after in {path.name} do not rise",
    )


def reading_settings(
    path: Path = PROJECT_FILE, overrides: Mapping[str, Any] | None = None
) -> ReadingSettings:
    """Read what the project says of its files; `overrides` are settings of a preset.

    Raises
    ------
    InputError
        When the file cannot be read, or one of these settings is missing or wrong.
    """
    variables = _variables(path, *_OF_READING) | dict(overrides or {})
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
    delimiter = variables["delimiter"]
    _require(
        delimiter is None or (isinstance(delimiter, str) and len(delimiter) == 1),
        f"delimiter in {path.name} is no single character",
    )
    _require_choices(path, variables)
    return ReadingSettings(
        tuple(path_columns),
        decimal,
        thousands,
        _columns(path, variables),
        _optional_columns(path, variables),
        delimiter,
        *_other_files(path, variables),
    )


def _other_files(
    path: Path, variables: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the patterns of lookup files, the columns that they give, and other patterns."""
    lookups, others = variables["lookups"] or [], variables["other_files"] or []
    needed, known = {"files", "key", "column", "gives"}, {"where", "latest_by", "strip"}
    is_right = isinstance(lookups, list) and all(
        isinstance(lookup, dict)
        and needed <= set(lookup) <= needed | known
        and isinstance(lookup["gives"], dict)
        and {lookup["key"], *lookup["gives"]} <= set(COLUMNS)
        for lookup in lookups
    )
    _require(
        is_right,
        f"lookups in {path.name} is no list of mappings with {', '.join(sorted(needed))}, perhaps"
        f" {', '.join(sorted(known))}, whose key and gives are of {', '.join(COLUMNS)}",
    )
    _require(isinstance(others, list), f"other_files in {path.name} is no list of names")
    given = {column for lookup in lookups for column in lookup["gives"]}
    files = tuple(str(lookup["files"]) for lookup in lookups)
    return files, tuple(sorted(given)), tuple(map(str, others))


def _columns(path: Path, variables: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names of the columns in the files, as headers are compared."""
    given = variables["columns"] or {}
    _require(
        isinstance(given, dict) and set(given) <= {*COLUMNS, QUANTITY},
        f"columns in {path.name} does not give names to some of {', '.join((*COLUMNS, QUANTITY))}",
    )
    return {
        column: tuple(
            canonical_name(str(name)) for name in (names if isinstance(names, list) else [names])
        )
        for column, names in given.items()
    }


def _optional_columns(path: Path, variables: Mapping[str, Any]) -> tuple[str, ...]:
    optional = variables["optional_columns"] or []
    allowed = set(OPTIONAL_COLUMNS)
    # Where every line is the same kind of event, or a catalogue has the prices, files need not say.
    allowed |= {"event_type"} if variables["every_event_is"] else set()
    _require(
        isinstance(optional, list) and set(optional) <= allowed,
        f"optional_columns in {path.name} is no list of {', '.join(sorted(allowed))} (event_type"
        " only with every_event_is)",
    )
    return tuple(optional)


def _require_choices(path: Path, variables: Mapping[str, Any]) -> None:
    for name, choices in _CHOICES.items():
        _require(
            variables[name] in choices,
            f"{name} in {path.name} is none of {', '.join(map(str, choices))}",
        )
    known = variables["event_types"]
    given = {**(variables["event_type_names"] or {}), "": variables["every_event_is"]}
    wrong = sorted({str(ours) for ours in given.values() if ours is not None} - {*known, "refund"})
    _require(
        not wrong, f"event_type_names in {path.name} gives {', '.join(wrong)}, which is no type"
    )
    zone = variables["time_zone"]
    _require(zone in zoneinfo.available_timezones(), f"time_zone in {path.name} is no time zone")


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
