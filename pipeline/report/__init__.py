"""The report for people: what the segments are, why they are so, and from which data."""

from pipeline.report.render import ReportFiles, write_report

__all__ = ["ReportFiles", "write_report"]
