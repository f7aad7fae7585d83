"""The segments as the few lines with which a run ends: `segment_table` is the way in."""

from pipeline.reporting.segment_table.facts import segment_lines
from pipeline.reporting.segment_table.view import SegmentTable, segment_table

__all__ = ["SegmentTable", "segment_lines", "segment_table"]
