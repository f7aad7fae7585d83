"""What dbt and DuckDB say when something fails, as one plain sentence."""

from __future__ import annotations

import re

from pipeline.masking import masked

# First words of a line that only introduces the reason.
_INTRODUCTION = re.compile(
    r"(Compilation|Runtime|Database|Parsing|Dependency) Error\b.*|Python model failed:"
)
_OWN_EXCEPTION = re.compile(r"ml\.errors\.\w+: (?P<sentence>.+)")


def sentence(node: str, message: str) -> str:
    """Say in one sentence why a node of dbt failed.

    Our own refusals come out as they were written. Anything else names the node, and whatever looks
    like an id in it is hidden, because an engine quotes the value that it could not digest.

    Examples
    --------
    >>> sentence("events", "Runtime Error in model events\\n  IO Error: No space left on device")
    'The disk is full: free some room and run again (while building events).'
    """
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    own = [found for line in lines if (found := _OWN_EXCEPTION.match(line))]
    if own:
        return own[-1]["sentence"]
    reasons = [line for line in lines if not _INTRODUCTION.fullmatch(line)]
    first = reasons[0] if reasons else "it gave no reason"
    if message.startswith("Compilation Error in model") and not first.startswith(("'", "Model")):
        return first
    text = " ".join(reasons)
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return f"The disk is full: free some room and run again (while building {node})."
    if "Out of Memory Error" in text:
        return (
            f"The memory limit is too small for {node}: raise --memory-limit,"
            " or close other programs."
        )
    return f"{node} failed: {masked(first)} (run again with --debug for the details)."
