"""All sections that argue for the segments, by name."""

from __future__ import annotations

from pipeline.report.blocks import SectionView
from pipeline.report.certainty.view import CertaintyView
from pipeline.report.choice.view import ChoiceView
from pipeline.report.drift.view import DriftView
from pipeline.report.figures import Figures
from pipeline.report.lifecycle.view import LifecycleView
from pipeline.report.moves.view import MovesView
from pipeline.report.reading.view import ReadingView
from pipeline.report.rules.view import RulesView
from pipeline.report.trial.view import TrialView
from pipeline.report.worth.view import WorthView

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
