"""All sections that argue for the segments, by name."""

from __future__ import annotations

from pipeline.reporting.segment_report.campaign_tests.view import TrialView
from pipeline.reporting.segment_report.drift.view import DriftView
from pipeline.reporting.segment_report.figures import Figures
from pipeline.reporting.segment_report.label_stability.view import CertaintyView
from pipeline.reporting.segment_report.lifecycle.view import LifecycleView
from pipeline.reporting.segment_report.migrations.view import MovesView
from pipeline.reporting.segment_report.model_features.view import ReadingView
from pipeline.reporting.segment_report.number_of_segments.view import ChoiceView
from pipeline.reporting.segment_report.rules.view import RulesView
from pipeline.reporting.segment_report.section import SectionView
from pipeline.reporting.segment_report.value.view import WorthView

_VIEWS: tuple[type[SectionView], ...] = (
    LifecycleView,
    WorthView,
    TrialView,
    MovesView,
    RulesView,
    CertaintyView,
    ChoiceView,
    ReadingView,
    DriftView,
)


def sections(figures: Figures) -> dict[str, SectionView]:
    """Return the sections of the report in one language.

    Parameters
    ----------
    figures : Figures
    """
    return {view.key: view(figures) for view in _VIEWS}
