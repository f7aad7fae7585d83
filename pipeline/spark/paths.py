"""Paths as Hadoop takes them: as patterns."""

from __future__ import annotations

import re

PATTERN_LETTERS = re.compile(r"([{},\[\]*?\\])")


def as_pattern(path: object) -> str:
    r"""Return the path as a pattern of Hadoop's that matches it alone.

    Examples
    --------
    >>> print(as_pattern("/data/a[1].csv"))
    /data/a\[1\].csv
    """
    return PATTERN_LETTERS.sub(r"\\\1", str(path))
