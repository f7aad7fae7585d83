"""What customers of the jury's stores spend next: the populations that intervals are tried on."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.jury.store import JuryStore

# Customers by what they had done before the date; of each, the money of the days that follow.
_OUTCOMES = """
    with events as (
        select user_id, user_session, event_type, price::decimal(12, 2) as price,
            replace(event_time, ' UTC', '')::timestamp as occurred_at
        from read_csv($files, all_varchar = true, header = true)
        where try_cast(price as decimal(12, 2)) > 0
    ),
    users as (
        select user_id,
            count(distinct user_session) filter (
                where event_type = 'purchase' and occurred_at < $snapshot_date
            ) as order_count,
            coalesce(sum(price) filter (
                where event_type = 'purchase' and occurred_at >= $snapshot_date
                    and occurred_at < $snapshot_date::date + $outcome_days::integer
            ), 0)::double as revenue
        from events
        group by user_id
        having min(occurred_at) < $snapshot_date
    )
    select case when order_count = 0 then 'no order' when order_count = 1 then 'one order'
            else 'several orders' end as history,
        list(revenue order by revenue) as revenues
    from users group by history order by history
"""
# Fewer customers are no population to draw from.
_LEAST = 300


@dataclass(frozen=True)
class Outcomes:
    """What customers of one store with a like history spent, smallest first."""

    store: str
    history: str
    revenues: np.ndarray

    @property
    def buyer_rate(self) -> float:
        """The share who spent anything."""
        return float((self.revenues > 0).mean())

    @property
    def skewness(self) -> float:
        """Third standardised moment: 0 where symmetric, 6 and more where few spend much."""
        deviations = self.revenues - self.revenues.mean()
        return float((deviations**3).mean() / (deviations**2).mean() ** 1.5)


def outcomes_of(store: JuryStore, snapshot_date: date, *, seed: int = 1) -> list[Outcomes]:
    """Write a store, and return what its customers spent after a date, by how often they ordered.

    Groups of fewer than 300 customers, and those of whom nobody spent, are left out.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        written = store.write(Path(folder) / "store", seed, store.user_count)
        values = {
            "files": str(written.datasets / "*.csv*"),
            "snapshot_date": snapshot_date,
            "outcome_days": store.outcome_days,
        }
        rows = connection.execute(_OUTCOMES, values).fetchall()
    found = [Outcomes(store.title, history, np.array(revenues)) for history, revenues in rows]
    return [one for one in found if len(one.revenues) >= _LEAST and one.revenues[-1] > 0]
