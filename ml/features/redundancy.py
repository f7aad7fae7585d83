"""Redundancy: features that rank users alike, of which one is enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import rankdata

from ml.model.errors import SegmentationError

#: Two features whose ranks correlate more than this, in either direction, say the same thing.
THRESHOLD = 0.9
#: With fewer users who have both features, a correlation is no evidence.
MINIMUM_USERS = 30


@dataclass(frozen=True)
class FeatureDecision:
    """What became of one candidate feature.

    `decision` is 'kept' or 'dropped', `reason` 'distinct', 'redundant' or 'constant'. Of a
    redundant feature `most_correlated_with` is the kept one that stands for it; of a kept one it is
    the kept one that is most like it. `rho` is their rank correlation.

    `rho_without_shared_zeros` is the same among the users for whom not both are zero. Where it is
    low although `rho` is high, the two agree on who has nothing (orders, and their value) and on
    nothing else: then one of them may well be kept for what it says about the others. None where
    fewer than `MINIMUM_USERS` are left to compare, or one of the two is constant among them.
    """

    feature: str
    decision: str
    reason: str
    most_correlated_with: str | None
    rho: float | None
    rho_without_shared_zeros: float | None


def rank_correlations(features: pd.DataFrame) -> pd.DataFrame:
    """Return the rank correlation (Spearman 1904) of every two columns, ties at their mean rank.

    Where a value is missing, the users who have both columns are compared. Fewer than
    `MINIMUM_USERS` show nothing, and a constant correlates with nothing: NaN.

    Parameters
    ----------
    features : DataFrame of shape (n_users, n_features)
        Numbers; missing ones as NaN.

    Returns
    -------
    DataFrame of shape (n_features, n_features)
    """
    values = features.to_numpy(float, na_value=np.nan)
    is_there = ~np.isnan(values)
    complete = np.flatnonzero(is_there.all(axis=0))
    rho = np.full((values.shape[1],) * 2, np.nan)
    if len(values) >= MINIMUM_USERS:
        rho[np.ix_(complete, complete)] = _correlations(values[:, complete])
    for place in np.setdiff1d(np.arange(values.shape[1]), complete):
        for other in range(values.shape[1]):
            both = is_there[:, place] & is_there[:, other]
            if both.sum() >= MINIMUM_USERS:
                pair = values[both][:, [place, other]]
                rho[place, other] = rho[other, place] = _correlations(pair)[0, 1]
    return pd.DataFrame(rho, index=features.columns, columns=features.columns)


def _correlations(values: np.ndarray) -> np.ndarray:
    ranks = rankdata(values, axis=0)
    centred = ranks - ranks.mean(axis=0)
    lengths = np.sqrt((centred**2).sum(axis=0))
    with np.errstate(invalid="ignore"):
        return np.clip(centred.T @ centred / np.outer(lengths, lengths), -1, 1)


def choose_features(
    features: pd.DataFrame, *, preference: Sequence[str] = (), threshold: float = THRESHOLD
) -> tuple[FeatureDecision, ...]:
    """Decide which candidates to keep, so that no two of them rank users alike.

    Candidates are taken in the order of preference. One is dropped when a feature that is already
    kept correlates with it by more than the threshold: what is dropped has a representative among
    the kept ones, which a chain of likenesses (A like B, B like C) would not guarantee.

    Parameters
    ----------
    features : DataFrame of shape (n_users, n_features)
        Ranks decide, so raw and logged columns give the same answer.
    preference : sequence of str
        Columns in the order of their meaning, the clearest first; others follow as they stand.
    threshold : float in (0, 1]

    Raises
    ------
    SegmentationError
        When a preferred feature is no column.

    Examples
    --------
    >>> visits = np.arange(40.0)
    >>> users = pd.DataFrame({"sessions": visits, "days": visits**2, "price": visits % 7})
    >>> for row in choose_features(users, preference=["days"]):
    ...     print(row.feature, row.decision, row.reason, row.most_correlated_with)
    days kept distinct price
    sessions dropped redundant days
    price kept distinct days
    """
    unknown = [name for name in preference if name not in features.columns]
    if unknown:
        raise SegmentationError(f"The users have no column {', '.join(unknown)}.")
    order = list(dict.fromkeys([*preference, *features.columns]))
    rho = rank_correlations(features[order])
    constant = {name for name in order if features[name].dropna().nunique() < 2}
    kept: list[str] = []
    for name in order:
        alike = rho.loc[name, kept].abs() > threshold
        if name not in constant and not alike.any():
            kept.append(name)
    return tuple(_decision(name, kept, name in constant, rho, features) for name in order)


def _decision(
    name: str, kept: list[str], is_constant: bool, rho: pd.DataFrame, features: pd.DataFrame
) -> FeatureDecision:
    decision = "kept" if name in kept else "dropped"
    reason = "constant" if is_constant else "distinct" if name in kept else "redundant"
    others = rho.loc[name, [other for other in kept if other != name]].dropna()
    if is_constant or others.empty:
        return FeatureDecision(name, decision, reason, None, None, None)
    closest = str(others.abs().idxmax())
    pair = features[[name, closest]].dropna()
    among_others = rank_correlations(pair[(pair != 0).any(axis=1)]).to_numpy()[0, 1]
    return FeatureDecision(
        name,
        decision,
        reason,
        closest,
        float(others.to_dict()[closest]),
        None if np.isnan(among_others) else float(among_others),
    )
