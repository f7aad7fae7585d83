"""What lies in the raw files before any cleaning: `write_exploration` is the way in."""

from pipeline.reporting.exploration.explored_file import ExploredFile, MappedColumn
from pipeline.reporting.exploration.writing import (
    ExplorationFiles,
    write_exploration,
    write_mapping,
)

__all__ = [
    "ExplorationFiles",
    "ExploredFile",
    "MappedColumn",
    "write_exploration",
    "write_mapping",
]
