"""The settings in `dbt_project.yml` that the pipeline itself needs."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pipeline.runtime.errors import InputError
from pipeline.runtime.settings import ROOT

#: Commands that may follow a run.
AFTER_RUN = ("export", "campaign")
DISCLOSURES = ("internal", "publish")
#: Columns of the files that nothing is computed from.
NOT_NEEDED = {"category_code"}
PROJECT_FILE = ROOT / "dbt_project.yml"
PRESETS = ROOT / "presets"
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
    `DISCLOSURES`: whether such a group may be worked out from the others; `of_features` are the
    settings that the features of all users depend on, as texts, by name. `currency` is that of all
    prices, None where it is not known. `after_run` are commands of this program, each as its
    arguments, for when a run has published. `retention_months` is for how many months before the
    last event others are kept, None for all; `keep_session_ids` whether ids of visits are, and
    `columns_not_kept` which columns of the files are not.
    """

    min_group_size: int
    disclosure: str
    of_features: Mapping[str, str]
    currency: str | None = None
    after_run: tuple[tuple[str, ...], ...] = ()
    retention_months: int | None = None
    keep_session_ids: bool = True
    columns_not_kept: tuple[str, ...] = ()


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
        unknown = sorted(set(variables) - set(variables_of(PROJECT_FILE)))
    except (UnicodeDecodeError, yaml.YAMLError, TypeError) as error:
        what = " ".join(str(error).split())
        raise InputError(f"{path.name} cannot be read ({what}): correct it.") from error
    require(not unknown, f"{path.name} sets {', '.join(unknown)}, which is not a setting")
    # A preset may come from anybody, and says how files are read: it starts nothing.
    require(
        "after_run" not in variables, f"{path.name} sets after_run, which only dbt_project.yml may"
    )
    return dict(variables)


def likely_event_types() -> dict[str, list[str]]:
    """Return other names of the event types, by their letters, for each type."""
    return dict(variables_of(PROJECT_FILE, "likely_event_types")["likely_event_types"])


def project_settings(
    path: Path = PROJECT_FILE, overrides: Mapping[str, Any] | None = None
) -> ProjectSettings:
    """Read the settings of the project; `overrides` are those of a preset.

    Raises
    ------
    InputError
        When the file cannot be read, or one of these settings is missing or out of its range.
    """
    variables = variables_of(
        path,
        "min_group_size",
        "disclosure",
        "between_confidence",
        "currency",
        "after_run",
        *("retention_months", "columns_not_kept", "keep_session_ids"),
        *_OF_FEATURES,
    ) | dict(overrides or {})
    of_features = {name: str(variables[name]) for name in _OF_FEATURES}
    group_size, confidence = variables["min_group_size"], variables["between_confidence"]
    disclosure = variables["disclosure"]
    require(
        _is_number(group_size, int) and group_size >= 1,
        f"min_group_size in {path.name} is not a whole number of at least 1",
    )
    require(
        _is_number(confidence, int, float) and 0 <= confidence <= 1,
        f"between_confidence in {path.name} is not a number in [0, 1]",
    )
    require(
        disclosure in DISCLOSURES,
        f"disclosure in {path.name} is neither {' nor '.join(DISCLOSURES)}",
    )
    _require_absences(path, variables)
    currency = variables["currency"]
    require(currency is None or isinstance(currency, str), f"currency in {path.name} is not text")
    retention = _retention(path, variables)
    return ProjectSettings(
        group_size,
        disclosure,
        of_features,
        currency,
        _steps(path, variables["after_run"]),
        retention,
        variables["keep_session_ids"],
        tuple(variables["columns_not_kept"]),
    )


def _retention(path: Path, variables: Mapping[str, Any]) -> int | None:
    """Return for how many months events are kept; check what else says what is kept."""
    require(
        isinstance(variables["columns_not_kept"], list)
        and set(variables["columns_not_kept"]) <= NOT_NEEDED,
        f"columns_not_kept in {path.name} is not a list of {', '.join(NOT_NEEDED)}",
    )
    require(
        isinstance(variables["keep_session_ids"], bool),
        f"keep_session_ids in {path.name} is neither true nor false",
    )
    retention = variables["retention_months"]
    require(
        retention is None or (_is_number(retention, int) and retention >= 1),
        f"retention_months in {path.name} is not a whole number of at least 1",
    )
    return retention


def _steps(path: Path, commands: Any) -> tuple[tuple[str, ...], ...]:
    """Return the commands of `after_run`: of this program alone, none that runs or serves."""
    fault = f'after_run in {path.name} is not a list of commands such as "export --segment 0"'
    require(isinstance(commands, list), fault)
    steps = []
    for command in commands:
        require(isinstance(command, str), fault)
        try:
            step = tuple(shlex.split(command))
        except ValueError:
            step = ()
        require(step != (), fault)
        require(
            step[0] in AFTER_RUN,
            f"after_run in {path.name} has {step[0]}, and only {' and '.join(AFTER_RUN)} can follow"
            " a run",
        )
        steps.append(step)
    return tuple(steps)


def _require_absences(path: Path, variables: Mapping[str, Any]) -> None:
    """Refuse states of customers that no absence leads to, or a rhythm that is none."""
    for name in ("shortest_rhythm_days", "default_rhythm_days"):
        require(
            _is_number(variables[name], int) and variables[name] >= 1,
            f"{name} in {path.name} is not a whole number of at least 1",
        )
    absences = [variables[name] for name in ("at_risk_after", "lapsed_after", "lost_after")]
    require(
        all(_is_number(one, int, float) for one in absences) and absences[0] > 0,
        f"at_risk_after, lapsed_after or lost_after in {path.name} is not a number above 0",
    )
    require(
        absences == sorted(absences),
        f"at_risk_after, lapsed_after and lost_after in {path.name} do not rise",
    )


def variables_of(path: Path, *names: str) -> dict[str, Any]:
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


def require(condition: bool, fault: str) -> None:
    """Say what is wrong with a setting, unless it is right."""
    if not condition:
        raise InputError(f"{fault}: correct it there.")
