"""What `dbt_project.yml` and presets say of the files, checked before any file is looked at."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.ingest.headers import COLUMNS, QUANTITY, canonical_name
from pipeline.ingest.number_formats import DECIMAL_MARKS, THOUSANDS_MARKS
from pipeline.ingest.reading_settings import OPTIONAL_COLUMNS, Lookup, ReadingSettings
from pipeline.runtime.project_settings import PROJECT_FILE, require, variables_of

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


def reading_settings(
    path: Path = PROJECT_FILE, overrides: Mapping[str, Any] | None = None
) -> ReadingSettings:
    """Read what the project says of its files; `overrides` are settings of a preset.

    Raises
    ------
    InputError
        When the file cannot be read, or one of these settings is missing or wrong.
    """
    variables = variables_of(path, *_OF_READING) | dict(overrides or {})
    path_columns = variables["path_columns"] or []
    require(
        isinstance(path_columns, list) and set(path_columns) <= set(COLUMNS),
        f"path_columns in {path.name} is not a list of {', '.join(COLUMNS)}",
    )
    decimal, thousands = variables["decimal_mark"], variables["thousands_mark"]
    require(
        decimal in {None, *DECIMAL_MARKS}, f'decimal_mark in {path.name} is neither "." nor ","'
    )
    require(
        thousands in {None, *THOUSANDS_MARKS} and (thousands is None or thousands != decimal),
        f"thousands_mark in {path.name} is not a point, comma, blank or apostrophe other than"
        " decimal_mark",
    )
    delimiter = variables["delimiter"]
    require(
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
) -> tuple[tuple[Lookup, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the lookups, the columns that they give, and patterns of other files."""
    lookups, others = variables["lookups"] or [], variables["other_files"] or []
    needed, known = {"files", "key", "column", "gives"}, {"where", "latest_by", "strip"}
    is_right = isinstance(lookups, list) and all(
        isinstance(lookup, dict)
        and needed <= set(lookup) <= needed | known
        and isinstance(lookup["gives"], dict)
        and {lookup["key"], *lookup["gives"]} <= set(COLUMNS)
        for lookup in lookups
    )
    require(
        is_right,
        f"lookups in {path.name} is not a list of mappings with {', '.join(sorted(needed))},"
        f" perhaps {', '.join(sorted(known))}, whose key and gives are of {', '.join(COLUMNS)}",
    )
    require(isinstance(others, list), f"other_files in {path.name} is not a list of names")
    given = {column for lookup in lookups for column in lookup["gives"]}
    return tuple(map(_lookup, lookups)), tuple(sorted(given)), tuple(map(str, others))


def _lookup(setting: Mapping[str, Any]) -> Lookup:
    latest_by = [setting["latest_by"]] if setting.get("latest_by") else []
    needed = (
        setting["column"], *setting["gives"].values(), *(setting.get("where") or {}), *latest_by
    )  # fmt: skip
    return Lookup(
        str(setting["files"]), tuple(map(str, needed)), json.dumps(setting, sort_keys=True)
    )


def _columns(path: Path, variables: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names of the columns in the files, as headers are compared."""
    given = variables["columns"] or {}
    require(
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
    require(
        isinstance(optional, list) and set(optional) <= allowed,
        f"optional_columns in {path.name} is not a list of {', '.join(sorted(allowed))} (event_type"
        " only with every_event_is)",
    )
    return tuple(optional)


def _require_choices(path: Path, variables: Mapping[str, Any]) -> None:
    for name, choices in _CHOICES.items():
        require(
            variables[name] in choices,
            f"{name} in {path.name} is none of {', '.join(map(str, choices))}",
        )
    known = variables["event_types"]
    given = {**(variables["event_type_names"] or {}), "": variables["every_event_is"]}
    wrong = sorted({str(ours) for ours in given.values() if ours is not None} - {*known, "refund"})
    require(
        not wrong, f"event_type_names in {path.name} gives {', '.join(wrong)}, which is not a type"
    )
    zone = variables["time_zone"]
    require(zone in zoneinfo.available_timezones(), f"time_zone in {path.name} is not a time zone")
