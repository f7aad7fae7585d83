"""Which features the model should read, before the jury: `python -m benchmarks.feature_lists`.

Each store goes through the pipeline once. Then customers are segmented by every list, with the
same bounds, scaling, components and K-Means, and judged as `benchmarks.segmentation` judges: by the
agreement with the planted types, and by the held-out share of what all customers spent next.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import duckdb
import numpy as np
import pandas as pd
import yaml
from sklearn.metrics import adjusted_rand_score

from benchmarks.jury.judge import project_with_outcome
from benchmarks.jury.rivals import FOLD_COUNT, cells, rfm_scores
from benchmarks.jury.stores import store_by_key
from benchmarks.jury.truth import read_histories
from benchmarks.process import ROOT, measure
from benchmarks.results import write_results
from ml.model.preparation import learn_preparation
from ml.model.scaling import learn_scaling
from ml.model.segmentation import fit_segments
from ml.model.value_axis import learn_value_axis
from ml.outcomes.held_out import share_by_group

SETTINGS = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
CAP_QUANTILE, EXPLAINED_VARIANCE = 0.005, SETTINGS["explained_variance"]
VISITS, PURCHASES = SETTINGS["model_features"], SETTINGS["purchase_features"]
FORMER = [
    "log_active_day_count", "log_events_per_session", "log_recency_days", "cart_rate",
    "removal_rate", "cart_to_purchase_rate", "log_price_level", "favourite_category_share",
    "log_category_count",
]  # fmt: skip
SMOOTHED = {
    "ln_intent_rate": "cart_rate",
    "smoothed_conversion_rate": "cart_to_purchase_rate",
    "ln_smoothed_price_level": "log_price_level",
    "smoothed_category_share": "favourite_category_share",
    "smoothed_removal_rate": "removal_rate",
}
WINDOWS = [
    "log_recency_days", "log_order_count_365d", "log_revenue_365d", "log_order_count_90d",
    "log_revenue_90d",
]  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """A list of features to try, and the weight of the value axis."""

    name: str
    features: list[str]
    weight: float = 1.0


@dataclass(frozen=True)
class Warehouse:
    """What the pipeline made of a store: eligible users, the past, all users, and their types."""

    inputs: pd.DataFrame
    past: pd.DataFrame
    users: pd.DataFrame
    planted: pd.Series | None


def trials_of_visits() -> list[Trial]:
    """Return the list that is read, the former one, and each with one change."""
    unsmoothed = [SMOOTHED.get(name, name) for name in VISITS]
    days = ["log_recency_days" if name == "log_recency_months" else name for name in VISITS]
    weight = SETTINGS["purchase_value_weight"]
    return [
        Trial("as it is", VISITS),
        Trial("former list", FORMER),
        Trial("rates not smoothed", unsmoothed),
        Trial("recency in days", days),
        Trial("with log_order_count_365d", [*VISITS, "log_order_count_365d"]),
        Trial(f"value axis of {weight:g}", VISITS, weight),
        *(Trial(f"without {name}", [one for one in VISITS if one != name]) for name in VISITS),
    ]


def trials_of_purchases() -> list[Trial]:
    """Return the list that is read, windows alone, and other weights of the value axis."""
    weight = SETTINGS["purchase_value_weight"]
    return [
        Trial("as it is", PURCHASES, weight),
        Trial("with log_order_count_365d", [*PURCHASES, "log_order_count_365d"], weight),
        Trial("windows alone, no value axis", WINDOWS),
        Trial("windows alone", WINDOWS, weight),
        *(Trial(f"value axis of {other:g}", PURCHASES, other) for other in (1, 2, 4)),
        *(
            Trial(f"without {name}", [one for one in PURCHASES if one != name], weight)
            for name in PURCHASES
        ),
    ]


@click.command()
@click.option("--visits", default="a,b,e,g,j", show_default=True, help="Stores with visits.")
@click.option("--purchases", default="c,d,h", show_default=True, help="Stores with purchases.")
def main(visits: str, purchases: str) -> None:
    """Judge lists of features over the jury; a quarter of an hour."""
    _compare(visits.split(","), trials_of_visits(), (6, 7, 8), "feature_lists_visits")
    _compare(purchases.split(","), trials_of_purchases(), (5, 6, 7, 8), "feature_lists_purchases")


def _compare(keys: list[str], trials: list[Trial], counts: tuple[int, ...], name: str) -> None:
    """Write one row per list: for every store, the figures at each number of segments."""
    columns: dict[str, dict[str, str]] = {}
    for key in keys:
        for snapshot_date, warehouse in _warehouses(key):
            column = f"{key} {snapshot_date}"
            columns[column] = {one.name: _figures(one, warehouse, counts) for one in trials}
            click.echo(f"{column}: {columns[column]}")
    rows = [["features", *columns]]
    rows += [[one.name, *(column[one.name] for column in columns.values())] for one in trials]
    numbers = ", ".join(map(str, counts))
    title = f"Lists of features: share explained beside the 125 cells (ARI), k = {numbers}"
    write_results(name, title, rows)


def _warehouses(key: str) -> Iterator[tuple[str, Warehouse]]:
    store = store_by_key(key)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = project_with_outcome(ROOT, store.outcome_days, folder / "project")
        written = store.write(folder, store.seeds[0], store.user_count)
        for snapshot_date in store.dates:
            warehouse = folder / f"{snapshot_date}.duckdb"
            options = ["--datasets", written.datasets, "--warehouse", warehouse]
            options += [
                "--reports",
                folder / "reports",
                "--as-of",
                snapshot_date.isoformat(),
                "--quiet",
            ]
            measure(["run_pipeline.py", "run", *options], root=project)
            users = read_histories(written.datasets, snapshot_date, store.outcome_days)
            planted = written.planted_types and pd.read_csv(written.planted_types)
            types = None if planted is None else planted.set_index("user_id")["planted_type"]
            yield str(snapshot_date), _read(warehouse, users, types)


def _read(warehouse: Path, users: pd.DataFrame, planted: pd.Series | None) -> Warehouse:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        inputs = connection.execute(
            "from marts.segment_inputs where is_eligible order by user_id"
        ).df()
        past = connection.execute(
            "select inputs.*, next_revenue from marts.int_past_outcomes"
            " inner join marts.int_history_inputs as inputs using (user_id, snapshot_date)"
            " order by user_id, snapshot_date"
        ).df()
    return Warehouse(inputs.set_index("user_id"), past, users, planted)


def _figures(trial: Trial, warehouse: Warehouse, counts: tuple[int, ...]) -> str:
    values = warehouse.inputs[trial.features].to_numpy(float)
    scaling = learn_scaling(values, clipping_quantile=CAP_QUANTILE)
    past = warehouse.past[["snapshot_date", "next_revenue"]].assign(
        features=warehouse.past[trial.features].to_numpy(float).tolist()
    )
    axis = learn_value_axis(past, scaling, value_weight=trial.weight)
    preparation = learn_preparation(
        values,
        clipping_quantile=CAP_QUANTILE,
        explained_variance=EXPLAINED_VARIANCE,
        stretch=None if axis is None else axis.stretch,
    )
    points = preparation.apply(values)
    seed = SETTINGS["random_seed"]
    solutions = (fit_segments(points, k, restart_count=10, random_seed=seed) for k in counts)
    return " / ".join(_judged(solution.labels, warehouse) for solution in solutions)


def _judged(labels: np.ndarray, warehouse: Warehouse) -> str:
    users = warehouse.users
    found = pd.Series(labels, warehouse.inputs.index)
    segments = found.reindex(users.index).fillna(-1).to_numpy()
    outcomes = np.log1p(users["outcome"].to_numpy(float))
    by_cells = share_by_group(cells(rfm_scores(users)), outcomes, fold_count=FOLD_COUNT)
    share = share_by_group(segments, outcomes, fold_count=FOLD_COUNT) / by_cells
    if warehouse.planted is None:
        return f"{share:.2f}"
    types = warehouse.planted.reindex(found.index)
    agreement = adjusted_rand_score(types[types.notna()], found[types.notna()])
    return f"{share:.2f} ({agreement:.2f})"


if __name__ == "__main__":
    main()
