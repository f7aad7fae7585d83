"""The report for people: what the segments are, why they are so, and from which data."""

from pipeline.reporting.segment_report.report import ReportFiles, write_report

__all__ = ["ReportFiles", "write_report"]
