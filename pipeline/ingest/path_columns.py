"""Columns that stand in the path of a file, as partitioned exports write them."""

from __future__ import annotations

import re

_FOLDER = re.compile(r"([^/=]+)=[^/]*/")


def columns_in_path(source_file: str) -> set[str]:
    """Return the names that folders of a file give a value, in lower case.

    What the value is, `value_in_path` of the models says.

    Examples
    --------
    >>> columns_in_path("Event_Type=cart/a=b.csv")
    {'event_type'}
    """
    return {name.strip().lower() for name in _FOLDER.findall(source_file)}
