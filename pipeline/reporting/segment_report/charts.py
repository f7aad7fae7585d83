"""All pictures of the report."""

from __future__ import annotations

from pipeline.reporting.kit.chart_files import Chart, report_style
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.label_stability.charts import CertaintyCharts
from pipeline.reporting.segment_report.method.charts import ModelCharts
from pipeline.reporting.segment_report.number_of_segments.charts import ChoiceCharts
from pipeline.reporting.segment_report.profiles.charts import SegmentCharts
from pipeline.reporting.segment_report.value.charts import WorthCharts


def draw_charts(figures: Figures) -> dict[str, Chart]:
    """Return the charts by name; one with nothing to show is left out.

    Parameters
    ----------
    figures : Figures
    """
    segments, worth, choice = SegmentCharts(figures), WorthCharts(figures), ChoiceCharts(figures)
    drawers = {
        "sizes": segments.sizes,
        "profiles": segments.profiles,
        "places": segments.places,
        "worth_buying": worth.buying,
        "worth_revenue": worth.revenue,
        "certainty": CertaintyCharts(figures).curve,
        "elbow": choice.elbow,
        "silhouette": choice.silhouette,
        "stability": choice.stability,
        "outlook": choice.outlook,
        "variance": ModelCharts(figures).variance,
    }
    with report_style():
        charts = {name: drawer() for name, drawer in drawers.items()}
    return {name: chart for name, chart in charts.items() if chart}
