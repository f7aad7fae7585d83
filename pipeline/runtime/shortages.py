"""What a machine runs out of, as one plain sentence."""

from __future__ import annotations

_NO_DISK = ("No space left on device", "Disk quota exceeded", "max_temp_directory_size")
# DuckDB, Python, numpy.
_NO_MEMORY = ("Out of Memory Error", "MemoryError", "Unable to allocate", "std::bad_alloc")


def shortage(text: str, work: str = "") -> str | None:
    """Say what was lacking when an error says so; None where it is about something else.

    Parameters
    ----------
    text : str
        What DuckDB, Python or the operating system says.
    work : str
        What was being done, such as 'building events'; empty where it is not known.

    Examples
    --------
    >>> shortage("IO Error: No space left on device", "building events")
    'The disk is full while building events: free some room and run again.'
    >>> shortage("Conversion Error", "building events") is None
    True
    """
    during = f" while {work}" if work else ""
    # First, because DuckDB also calls it a lack of memory when memory cannot be put on the disk.
    if any(words in text for words in _NO_DISK):
        return f"The disk is full{during}: free some room and run again."
    if any(words in text for words in _NO_MEMORY):
        return (
            f"The memory did not suffice{during}: raise --memory-limit, or close other programs,"
            " and run again."
        )
    return None
