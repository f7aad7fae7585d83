"""All pictures of the report."""

from __future__ import annotations

from pipeline.report.chart_files import Chart, report_style
from pipeline.report.figures import Figures
from pipeline.report.model_charts import ModelCharts
from pipeline.report.segment_charts import SegmentCharts


def draw_charts(figures: Figures) -> dict[str, Chart]:
    """Return the charts by name; one with nothing to show is left out.

    Parameters
    ----------
    figures : Figures
    """
    segments, model = SegmentCharts(figures), ModelCharts(figures)
    drawers = {
        "sizes": segments.sizes,
        "profiles": segments.profiles,
        "places": segments.places,
        "elbow": model.elbow,
        "silhouette": model.silhouette,
        "variance": model.variance,
    }
    with report_style():
        charts = {name: drawer() for name, drawer in drawers.items()}
    return {name: chart for name, chart in charts.items() if chart}
