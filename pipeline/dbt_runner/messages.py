"""What dbt and DuckDB say when something fails, as one plain sentence."""

from __future__ import annotations

import re

from pipeline.runtime.masking import masked
from pipeline.runtime.shortages import shortage

# First words of a line that only introduces the reason.
_INTRODUCTION = re.compile(
    r"(Compilation|Runtime|Database|Parsing|Dependency) Error\b.*|Python model failed:"
)
# What DuckDB says of a Parquet file that it cannot read; it quotes values, too.
_PARQUET_FILE = re.compile(r'(?P<name>[^/"\s]+\.(?:parquet|pq))\b', re.IGNORECASE)
# What our macros raise.
_OWN_REFUSALS = ("Compilation Error in model", "Compilation Error in operation")
# Of an exception in Java that Python knows no class for, each cause has a line of its own.
_CAUSE_IN_JAVA = re.compile(r"(?:Caused by)?: [\w.$]+: (?P<reason>.+)")
_OWN_EXCEPTION = re.compile(r"ml\.model\.errors\.\w+: (?P<sentence>.+)")


def sentence(node: str, message: str) -> str:
    """Say in one sentence why a node of dbt failed.

    Our own refusals come out as they were written. Anything else names the node, and whatever looks
    like an id in it is hidden, because an engine quotes the value that it could not digest.

    Examples
    --------
    >>> sentence("events", "Runtime Error in model events\\n  IO Error: No space left on device")
    'The disk is full while building events: free some room and run again.'
    """
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    own = [found for line in lines if (found := _OWN_EXCEPTION.match(line))]
    if own:
        return own[-1]["sentence"]
    reasons = [line for line in lines if not _INTRODUCTION.fullmatch(line)]
    first = reasons[0] if reasons else "it gave no reason"
    if message.startswith(_OWN_REFUSALS) and not first.startswith(("'", "Model")):
        return first
    if lacking := shortage(" ".join(reasons), "" if node == "dbt" else f"building {node}"):
        return lacking
    if node != "dbt" and (unread := _PARQUET_FILE.search(" ".join(reasons))):
        return (
            f"{unread['name']} cannot be read by the database: write it again with another program,"
            " or as CSV."
        )
    if causes := [found for line in reasons if (found := _CAUSE_IN_JAVA.match(line))]:
        first = causes[-1]["reason"]
    if "Traceback (most recent call last):" in reasons:
        # What a Python model says last is what it says.
        first = reasons[-1]
    return f"{node} failed: {masked(first)} (run again with --debug for the details)."
