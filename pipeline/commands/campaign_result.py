"""The `campaign result` command: what a campaign changed, as tables on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pipeline.campaigns.plan import KnownCampaign
from pipeline.campaigns.results import ALL, NO_SEGMENT, result_of
from pipeline.exports.customers import published
from pipeline.runtime.project_settings import project_settings

# Where nobody looks at the width, nothing is folded.
_PIPE_WIDTH = 160
_NAMES = "select segment_id::text, last_segment_name from marts.segment_registry"
Row = Mapping[str, Any]


def show_result(warehouse: Path, name: str, day_count: int | None) -> None:
    """Print buyers and revenue of treated and control, by segment and in all, and the balance.

    Raises
    ------
    InputError
        When there is no such campaign, or no day of it is in the data yet.
    """
    least = project_settings().min_group_size
    with published(warehouse) as connection:
        known, table = result_of(connection, name, day_count)
        names = dict(connection.execute(_NAMES).fetchall())
    names |= {ALL: "all", NO_SEGMENT: "without a segment"}
    rows = table.to_pylist()
    after = [row for row in rows if row["period"] == "after"]
    before = next(row for row in rows if (row["period"], row["group_id"]) == ("before", ALL))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)
    console.print(_title(known, after), soft_wrap=True)
    for subject in (_BUYERS, _REVENUE):
        console.print(_table(subject, after, names, least))
    for line in (*_verdicts(after), _balance(before)):
        console.print(line, soft_wrap=True)


def _title(known: KnownCampaign, after: list[Row]) -> str:
    days = after[0]["day_count"]
    so_far = "" if days == known.day_count else f" of {known.day_count}, so far"
    return f"Campaign {known.name}: {days} days{so_far}, from {known.starts_on} on."


@dataclass(frozen=True)
class _Subject:
    """Buyers or revenue: the columns that hold them begin so, and figures are written so."""

    title: str
    figure: str
    needed: str
    verb: str
    pattern: str
    pattern_of_differences: str

    def written(self, value: float | None) -> str:
        """Return a figure as a text; nothing where there is none."""
        return "" if value is None else format(value, self.pattern)

    def difference(self, value: float | None) -> str:
        """Return a difference as a text; of rates, in percentage points."""
        if value is None:
            return ""
        points = value * 100 if self.pattern.endswith("%") else value
        return format(points, self.pattern_of_differences)

    def limits(self, row: Row) -> tuple[float, float] | None:
        """Return the limits of the difference, where it has any."""
        lower, upper = (row[f"{self.figure}_difference_{side}"] for side in ("lower", "upper"))
        return None if lower is None else (lower, upper)

    def interval(self, row: Row) -> str:
        """Return these limits as a text."""
        limits = self.limits(row) or ()
        return " to ".join(map(self.difference, limits))


_BUYERS = _Subject("Buyers", "buyer_rate", "buyer_needed_count", "buying", ".2%", "+.2f")
_REVENUE = _Subject(
    "Revenue per customer", "mean_revenue", "revenue_needed_count", "mean", ",.2f", "+,.2f"
)


def _table(subject: _Subject, rows: list[Row], names: Mapping[str, str], least: int) -> Table:
    table = Table(title=subject.title, title_justify="left")
    table.add_column("segment")
    groups = ("treated", "control", f"treated {subject.verb}", f"control {subject.verb}")
    unit = ", points" if subject is _BUYERS else ""
    for heading in (*groups, f"difference{unit}", "95 % interval", "uplift"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("customers needed", justify="right")
    for row in sorted(rows, key=lambda row: (row["group_id"] != ALL, row["group_id"])):
        name = names.get(row["group_id"], row["group_id"])
        if min(row["treated_count"], row["control_count"]) < least:
            table.add_row(name, f"fewer than {least} in a group")
            continue
        table.add_row(name, *_cells(subject, row))
    return table


def _cells(subject: _Subject, row: Row) -> list[str]:
    uplift, needed = row[f"{subject.figure}_uplift"], row[subject.needed]
    return [
        f"{row['treated_count']:,}",
        f"{row['control_count']:,}",
        subject.written(row[f"treated_{subject.figure}"]),
        subject.written(row[f"control_{subject.figure}"]),
        subject.difference(row[f"{subject.figure}_difference"]),
        subject.interval(row),
        "" if uplift is None else f"{uplift:+.1%}",
        "" if needed is None else f"{needed:,}",
    ]


def _verdicts(after: list[Row]) -> list[str]:
    """Say of both outcomes of all together what the interval says."""
    row = next(row for row in after if row["group_id"] == ALL)
    return [
        f"{subject.title}: {_verdict(subject, row)}{unit}"
        for subject, unit in ((_BUYERS, " Differences are in percentage points."), (_REVENUE, ""))
    ]


def _verdict(subject: _Subject, row: Row) -> str:
    limits = subject.limits(row)
    if limits is None:
        return "too few have bought to tell."
    if limits[0] > 0 or limits[1] < 0:
        return f"{'more' if limits[0] > 0 else 'less'}, by {subject.interval(row)}."
    needed = row[subject.needed]
    more = "" if needed is None else f"; such a difference takes {needed:,} customers to decide"
    return f"undecided, {subject.interval(row)}{more}."


def _balance(before: Row) -> str:
    """Say whether treated and control were alike in as many days before the start."""
    limits, days = _BUYERS.limits(before), before["day_count"]
    if limits is None:
        return f"Before the start there is nothing to compare in {days} days."
    told = f"a difference of {_BUYERS.interval(before)} points of buyers in the {days} days before"
    if limits[0] <= 0 <= limits[1]:
        return f"The groups were alike before the campaign: {told}."
    return (
        f"The groups were NOT alike before the campaign: {told}. One draw in twenty comes out so:"
        " read the result with that in mind."
    )
