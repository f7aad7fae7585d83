"""What lies in the raw files before any cleaning: `write_exploration` is the way in."""

from pipeline.reporting.exploration.facts import ExploredFile
from pipeline.reporting.exploration.render import ExplorationFiles, write_exploration

__all__ = ["ExplorationFiles", "ExploredFile", "write_exploration"]
