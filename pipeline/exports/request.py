"""What is asked for: which customers, what of them, written how and where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.runtime.errors import InputError

#: Of each format, how its files end.
FORMATS = {
    "csv": ".csv",
    "csv.gz": ".csv.gz",
    "parquet": ".parquet",
    "jsonl": ".jsonl",
    "xlsx": ".xlsx",
}
LIFECYCLE_STATES = ("prospect", "new", "active", "at_risk", "lapsed", "lost")
#: What is written of a customer where nobody says; none of it needs the features.
DEFAULT_COLUMNS = (
    "customer_id",
    "segment_id",
    "segment_name",
    "lifecycle_state",
    "confidence",
    "next_segment_name",
    "next_distance",
    "model_version",
    "as_of",
)


@dataclass(frozen=True)
class Filters:
    """Who is meant: customers for whom all of these hold; without any, everybody.

    `segments` are names in any language, or ids, of which one has to fit; `states` likewise;
    `where` is an expression over the columns of `marts.customers`.
    """

    segments: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    min_confidence: float | None = None
    where: str | None = None


@dataclass(frozen=True)
class Target:
    """Where an export goes: a file, or with `is_by_segment` a folder of Parquet files."""

    path: Path
    format: str
    is_by_segment: bool = False
    may_replace: bool = False


def target_of(
    path: Path, chosen_format: str | None, *, is_by_segment: bool, may_replace: bool
) -> Target:
    """Return the target of a path; without a format, its name tells, else it is CSV.

    Raises
    ------
    InputError
        When name and format contradict each other, or only Parquet can be written so.

    Examples
    --------
    >>> target_of(Path("a.csv.gz"), None, is_by_segment=False, may_replace=False).format
    'csv.gz'
    """
    told = next((name for name, end in FORMATS.items() if path.name.lower().endswith(end)), None)
    if is_by_segment:
        if chosen_format not in (None, "parquet") or told is not None:
            raise InputError(
                "--by-segment writes a folder of Parquet files: name a folder with --output, and no"
                " other format."
            )
        return Target(path, "parquet", True, may_replace)
    if chosen_format is not None and told not in (None, chosen_format):
        raise InputError(
            f"{path.name} is called like a file of {told}, but --format says {chosen_format}:"
            " change one of the two."
        )
    return Target(path, chosen_format or told or "csv", False, may_replace)
