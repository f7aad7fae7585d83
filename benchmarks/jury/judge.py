"""Judging one store: the real pipeline on what lies before a date, and what followed it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.jury.rivals import shares_explained
from benchmarks.jury.store import JuryStore, Written
from benchmarks.jury.stores import store_by_key
from benchmarks.jury.truth import read_histories
from benchmarks.process import ROOT, measure

_MODEL = """
    select
        any_value(segment_count), any_value(verdict), any_value(feature_names),
        min(bootstrap_jaccard)
    from marts.segment_model
"""
_LABELS = """
    select user_segments.user_id, user_segments.segment_id, model.segment_name
    from marts.user_segments
    left join marts.segment_model as model using (segment_id)
"""
_NO_SEGMENT = -1
# As `clipping_quantile` of the model.
_CAPPED = 0.005
SETTINGS = "dbt_project.yml"
_OUTCOME_DAYS = re.compile(r"^(  outcome_days: )(\d+)", flags=re.MULTILINE)
_MADE = ("datasets", "warehouse", "reports", "target", "logs")


@dataclass(frozen=True)
class Case:
    """A store of the jury, made with a seed, as of a date; None: after its last event."""

    key: str
    seed: int
    snapshot_date: date | None

    @property
    def store(self) -> JuryStore:
        """Return the entry of the list."""
        return store_by_key(self.key)

    def name(self) -> str:
        """Return how the case is called in messages."""
        return f"{self.key}, seed {self.seed}, {self.snapshot_date or 'all of it'}"


@dataclass(frozen=True)
class Judged:
    """What the pipeline made of a case.

    Attributes
    ----------
    k, verdict, least_jaccard
        Of the model; how well the least stable segment comes back from resamples.
    smallest_share, labelled, labelled_buyers, labelled_revenue : float
        The smallest segment, of those with a segment; who has one, of all customers; likewise of
        the buyers and of their revenue.
    adjusted_rand : float
        Agreement with the planted types of those with a segment; NaN where nothing is planted.
    explained : dict
        By population, 'all' or 'labelled', what `shares_explained` says; empty without an outcome.
    users : DataFrame
        As of `read_histories`, with `segment_id` (-1: none) and `segment_name`.
    told_rand : float
        The same agreement of a classifier that learned the types of other customers, from the
        columns that a model may read: what types cannot be told from behaviour, nobody can find.
    centred_rand : float
        The same of the nearest centre, where the centres are the means of the types themselves:
        what K-Means would find that knew the types.
    """

    case: Case
    k: int
    verdict: str
    least_jaccard: float
    smallest_share: float
    labelled: float
    labelled_buyers: float
    labelled_revenue: float
    adjusted_rand: float
    explained: dict[str, dict[str, float]]
    users: pd.DataFrame
    told_rand: float = float("nan")
    centred_rand: float = float("nan")


def judge(
    store: JuryStore, seed: int, *, user_count: int | None = None, project: Path = ROOT
) -> Iterator[Judged]:
    """Yield what the pipeline of a checkout makes of a store, date by date."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = project_with_outcome(project, store.outcome_days, folder / "project")
        written = store.write(folder, seed, user_count or store.user_count)
        for snapshot_date in store.dates or (None,):
            yield _judged(
                Case(store.key, seed, snapshot_date), written, folder / f"{snapshot_date}", project
            )


def project_with_outcome(project: Path, days: int, copy: Path) -> Path:
    """Return a checkout whose setting `outcome_days` is this: itself, or else a copy."""
    settings = (project / SETTINGS).read_text()
    found = _OUTCOME_DAYS.search(settings)
    if found is None or int(found.group(2)) == days:
        return project
    shutil.copytree(project, copy, symlinks=True, ignore=_not_copied(project))
    (copy / SETTINGS).write_text(_OUTCOME_DAYS.sub(rf"\g<1>{days}", settings))
    return copy


def _not_copied(project: Path) -> Callable[[str, list[str]], set[str]]:
    """Leave out what the project only makes: `warehouse/`, but not `pipeline/warehouse/`."""
    made = shutil.ignore_patterns(*_MADE)

    def ignored(folder: str, names: list[str]) -> set[str]:
        always = {name for name in names if name.startswith(".") or name == "__pycache__"}
        return always | (made(folder, names) if Path(folder) == project else set())

    return ignored


def _judged(case: Case, written: Written, folder: Path, project: Path) -> Judged:
    datasets = folder / "datasets"
    datasets.mkdir(parents=True)
    # The files are cut, not only the features: nothing of the outcome can be seen.
    for path in written.datasets.iterdir():
        if case.snapshot_date is None or path.stem < f"{case.snapshot_date:%Y-%m}":
            (datasets / path.name).symlink_to(path)
    warehouse = folder / "warehouse.duckdb"
    options = ["--datasets", datasets, "--warehouse", warehouse, "--reports", folder / "reports"]
    if case.snapshot_date:
        options += ["--as-of", case.snapshot_date.isoformat()]
    measure(["run_pipeline.py", "run", "--quiet", *options], root=project)
    found = _found(case, written, warehouse)
    shutil.rmtree(folder)
    return found


def _found(case: Case, written: Written, warehouse: Path) -> Judged:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        k, verdict, features, jaccard = connection.execute(_MODEL).fetchall()[0]
        labels = connection.execute(_LABELS).df().set_index("user_id")
        columns = connection.execute("from marts.segment_inputs").df().set_index("user_id")
    users = _with_labels(case, written, labels)
    # Who had only lines that the project refuses is not among its users.
    columns = columns.select_dtypes(["number", "bool"]).reindex(users.index).astype(float)
    columns = columns.fillna(0)
    inputs = columns[list(features)].to_numpy()
    planted = _planted(written, users)
    has_segment = (users["segment_id"] != _NO_SEGMENT).to_numpy()
    sizes = users.loc[has_segment, "segment_id"].value_counts()
    is_buyer = users["order_count"] > 0
    return Judged(
        case=case,
        k=k,
        verdict=verdict,
        least_jaccard=jaccard,
        smallest_share=float(sizes.min() / sizes.sum()),
        labelled=float(has_segment.mean()),
        labelled_buyers=float(has_segment[is_buyer].mean()),
        labelled_revenue=float(users["revenue"][has_segment].sum() / users["revenue"].sum()),
        adjusted_rand=_agreement(planted, users["segment_id"], has_segment),
        explained=_explained(users, has_segment, inputs) if case.snapshot_date else {},
        users=users,
        told_rand=_agreement(planted, _told(planted, columns, has_segment), has_segment),
        centred_rand=_agreement(planted, _nearest(planted, inputs, has_segment), has_segment),
    )


def _with_labels(case: Case, written: Written, labels: pd.DataFrame) -> pd.DataFrame:
    users = read_histories(written.datasets, case.snapshot_date, case.store.outcome_days)
    users = users.join(labels)
    users["segment_id"] = users["segment_id"].fillna(_NO_SEGMENT).astype(int)
    return users


def _explained(
    users: pd.DataFrame, has_segment: np.ndarray, inputs: np.ndarray
) -> dict[str, dict[str, float]]:
    return {
        name: shares_explained(
            users[chosen], users.loc[chosen, "segment_id"].to_numpy(), inputs[chosen]
        )
        for name, chosen in (("all", np.ones(len(users), bool)), ("labelled", has_segment))
    }


def _planted(written: Written, users: pd.DataFrame) -> pd.Series | None:
    if written.planted_types is None:
        return None
    planted = pd.read_csv(written.planted_types).set_index("user_id")["planted_type"]
    return planted.reindex(users.index)


def _told(
    planted: pd.Series | None, columns: pd.DataFrame, has_segment: np.ndarray
) -> pd.Series | None:
    """Return what a classifier says of customers whose types it has not seen."""
    if planted is None or planted.nunique() < 2:
        return None
    forest = RandomForestClassifier(100, min_samples_leaf=3, random_state=0)
    folds = KFold(3, shuffle=True, random_state=0)
    said = planted.copy()
    said[has_segment] = cross_val_predict(
        forest, columns[has_segment].to_numpy(), planted[has_segment].to_numpy(), cv=folds
    )
    return said


def _nearest(
    planted: pd.Series | None, inputs: np.ndarray, has_segment: np.ndarray
) -> pd.Series | None:
    """Return whose mean is the nearest, of the types, in the model's features as it sees them."""
    if planted is None or planted.nunique() < 2:
        return None
    seen = inputs[has_segment]
    seen = np.clip(seen, *np.quantile(seen, [_CAPPED, 1 - _CAPPED], axis=0))
    types = planted[has_segment].to_numpy()
    said = planted.copy()
    classifier = make_pipeline(StandardScaler(), NearestCentroid())
    said[has_segment] = classifier.fit(seen, types).predict(seen)
    return said


def _agreement(
    planted: pd.Series | None, found: pd.Series | None, has_segment: np.ndarray
) -> float:
    if planted is None or planted.nunique() < 2 or found is None:
        return float("nan")
    return float(adjusted_rand_score(planted[has_segment], found[has_segment]))
