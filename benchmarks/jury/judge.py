"""Judging one store: the real pipeline on what lies before a date, and what followed it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

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
SETTINGS = "dbt_project.yml"
_OUTCOME_DAYS = re.compile(r"^(  outcome_days: )(\d+)", flags=re.MULTILINE)
_NOT_COPIED = (".*", "datasets", "warehouse", "reports", "target", "logs", "__pycache__")


@dataclass(frozen=True)
class Case:
    """A store of the jury, made with a seed, as of a date; None: after its last event."""

    key: str
    seed: int
    moment: date | None

    @property
    def store(self) -> JuryStore:
        """Return the entry of the list."""
        return store_by_key(self.key)

    def name(self) -> str:
        """Return how the case is called in messages."""
        return f"{self.key}, seed {self.seed}, {self.moment or 'all of it'}"


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


def judge(
    store: JuryStore, seed: int, *, user_count: int | None = None, project: Path = ROOT
) -> Iterator[Judged]:
    """Yield what the pipeline of a checkout makes of a store, date by date."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = project_with_outcome(project, store.outcome_days, folder / "project")
        written = store.write(folder, seed, user_count or store.user_count)
        for moment in store.dates or (None,):
            yield _judged(Case(store.key, seed, moment), written, folder / f"{moment}", project)


def project_with_outcome(project: Path, days: int, copy: Path) -> Path:
    """Return a checkout whose setting `outcome_days` is this: itself, or else a copy."""
    settings = (project / SETTINGS).read_text()
    found = _OUTCOME_DAYS.search(settings)
    if found is None or int(found.group(2)) == days:
        return project
    shutil.copytree(project, copy, symlinks=True, ignore=shutil.ignore_patterns(*_NOT_COPIED))
    (copy / SETTINGS).write_text(_OUTCOME_DAYS.sub(rf"\g<1>{days}", settings))
    return copy


def _judged(case: Case, written: Written, folder: Path, project: Path) -> Judged:
    datasets = folder / "datasets"
    datasets.mkdir(parents=True)
    # The files are cut, not only the features: nothing of the outcome can be seen.
    for path in written.datasets.iterdir():
        if case.moment is None or path.stem < f"{case.moment:%Y-%m}":
            (datasets / path.name).symlink_to(path)
    warehouse = folder / "warehouse.duckdb"
    options = ["--datasets", datasets, "--warehouse", warehouse, "--reports", folder / "reports"]
    if case.moment:
        options += ["--as-of", case.moment.isoformat()]
    measure(["run_pipeline.py", "run", "--quiet", *options], root=project)
    found = _found(case, written, warehouse)
    shutil.rmtree(folder)
    return found


def _found(case: Case, written: Written, warehouse: Path) -> Judged:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        k, verdict, features, jaccard = connection.execute(_MODEL).fetchall()[0]
        labels = connection.execute(_LABELS).df().set_index("user_id")
        inputs = connection.execute(
            f"select user_id, {', '.join(f'{name}::double' for name in features)}"
            " from marts.segment_inputs"
        ).df()
    users = _with_labels(case, written, labels)
    inputs = inputs.set_index("user_id").reindex(users.index)
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
        adjusted_rand=_agreement(written, users[has_segment]),
        explained=_explained(users, has_segment, inputs.to_numpy(float)) if case.moment else {},
        users=users,
    )


def _with_labels(case: Case, written: Written, labels: pd.DataFrame) -> pd.DataFrame:
    moment = case.moment or date.max
    users = read_histories(written.datasets, moment, case.store.outcome_days)
    users = users.join(labels)
    users["segment_id"] = users["segment_id"].fillna(_NO_SEGMENT).astype(int)
    return users


def _explained(
    users: pd.DataFrame, has_segment: np.ndarray, inputs: np.ndarray
) -> dict[str, dict[str, float]]:
    # Who had only lines that the project refuses is not among its users.
    inputs = np.nan_to_num(inputs)
    return {
        name: shares_explained(
            users[chosen], users.loc[chosen, "segment_id"].to_numpy(), inputs[chosen]
        )
        for name, chosen in (("all", np.ones(len(users), bool)), ("labelled", has_segment))
    }


def _agreement(written: Written, users: pd.DataFrame) -> float:
    if written.planted_types is None:
        return float("nan")
    planted = pd.read_csv(written.planted_types).set_index("user_id")["planted_type"]
    return float(adjusted_rand_score(planted.reindex(users.index), users["segment_id"]))
