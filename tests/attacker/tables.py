"""The tables of a published page, and the figures in their cells."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[\d,]+")
_AMOUNT = re.compile(r"\d[\d,]*(\.\d+)?")
# The segment of the page, the heading, the names of the columns, the rows.
Table = tuple[str | None, str, list[str], list[list[str]]]
SHARE = re.compile(r"(\d+(?:\.(\d+))?)%")


def tables_of(markdown: str) -> list[Table]:
    """Return the segment of the page, heading, names of columns and rows of every table."""
    found, page, heading, lines = [], None, "", markdown.splitlines()
    for place, line in enumerate(lines):
        if line.startswith("#"):
            heading = line.strip("# ")
        if re.match("#{1,3} ", line):
            segment = re.fullmatch("Segment “(.+)”", heading)
            page = segment and segment[1]
        if line.startswith("| :") or line.startswith("| --"):
            rows = []
            for below in lines[place + 1 :]:
                if not below.startswith("|"):
                    break
                rows.append(_cells(below))
            found.append((page, heading, _cells(lines[place - 1]), rows))
    return found


def _cells(line: str) -> list[str]:
    return [cell.strip().strip("*") for cell in line.strip().strip("|").split("|")]


def count_in(cell: str) -> int | None:
    """Return the number of people in a cell, where it is told."""
    return int(cell.replace(",", "")) if _NUMBER.fullmatch(cell) else None


def amount_in(cell: str, *, is_coarse: bool) -> tuple[float, float] | None:
    """Return between what two amounts the true one of a cell lies, of three digits if coarse."""
    if not _AMOUNT.fullmatch(cell):
        return None
    value = float(cell.replace(",", ""))
    decimals = len(cell.partition(".")[2])
    half = 0.5 * 10.0**-decimals
    if is_coarse and value:
        half = max(half, 0.5 * 10.0 ** (math.floor(math.log10(value)) - 2))
    return value - half, value + half


def share_in(cell: str) -> tuple[float, float] | None:
    """Return between what two shares the true one of a cell lies."""
    found = SHARE.match(cell)
    if not found:
        return None
    half = 0.5 * 10 ** -len(found[2] or "") / 100
    return float(found[1]) / 100 - half, float(found[1]) / 100 + half
