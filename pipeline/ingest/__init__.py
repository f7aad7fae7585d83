"""The files of events: which there are, what their columns are and what they hold.

Archives are unpacked first, then files are discovered, then the head of each is read for its
layout, and at last every byte is read once for the counts with which the ledger is reconciled.
"""

from pipeline.ingest.archives import unpack_archives
from pipeline.ingest.discovery import InputFile, assert_unchanged, discover
from pipeline.ingest.headers import COLUMNS, Layout, read_layout
from pipeline.ingest.inspection import Inspection, inspect, inspect_all

__all__ = [
    "COLUMNS",
    "InputFile",
    "Inspection",
    "Layout",
    "assert_unchanged",
    "discover",
    "inspect",
    "inspect_all",
    "read_layout",
    "unpack_archives",
]
