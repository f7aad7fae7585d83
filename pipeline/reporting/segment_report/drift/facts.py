"""How far today's customers have moved from those who trained the model."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from pipeline.warehouse.connection import relation_exists


@dataclass(frozen=True)
class FeatureDrift:
    """The population stability index of one feature, and what chance alone would give."""

    feature: str
    psi: float
    noise: float | None
    is_drifted: bool


@dataclass(frozen=True)
class Drift:
    """All features that the model reads, the most moved first."""

    features: tuple[FeatureDrift, ...]

    @property
    def drifted(self) -> tuple[FeatureDrift, ...]:
        """Those above the threshold."""
        return tuple(one for one in self.features if one.is_drifted)


_DRIFT = """
select feature_name, psi, noise, is_drifted from marts.feature_drift
order by psi desc, feature_name
"""


def gather_drift(connection: duckdb.DuckDBPyConnection) -> Drift:
    """Return how far each feature has moved; without features for an older model.

    Parameters
    ----------
    connection : duckdb connection
    """
    if not relation_exists(connection, "marts", "feature_drift"):
        return Drift(())
    rows = connection.execute(_DRIFT).fetchall()
    return Drift(tuple(FeatureDrift(*row) for row in rows))
