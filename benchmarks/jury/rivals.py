"""What else could tell customers apart: recency, frequency and money in five ways."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ml.outcomes.held_out import held_out_share, predictable_share, share_by_group

FOLD_COUNT = 5
_NOBODY = -1


def shares_explained(
    users: pd.DataFrame, segments: np.ndarray, model_inputs: np.ndarray | None
) -> dict[str, float]:
    """Return the share of log(1 + outcome) that each way predicts of users it has not seen.

    Parameters
    ----------
    users : DataFrame as of `benchmarks.jury.truth.read_histories`
        Those who are compared, in a fixed order; RFM is scored among their buyers.
    segments : int array of shape (n_users,)
        The users without a segment have a number of their own.
    model_inputs : float array of shape (n_users, n_features), or None
        What the model reads.
    """
    outcomes = np.log1p(users["outcome"].to_numpy(float))
    scores = rfm_scores(users)
    behaviour = rfm_columns(users)
    found = {
        name: share_by_group(labels, outcomes, fold_count=FOLD_COUNT)
        for name, labels in (
            ("segments", segments),
            ("nine groups", nine_groups(scores)),
            ("eleven groups", eleven_groups(scores)),
            ("125 cells", cells(scores)),
        )
    }
    found["regression"] = held_out_share(
        outcomes, _regression(behaviour, outcomes), fold_count=FOLD_COUNT
    )
    found["boosting on RFM"] = predictable_share(behaviour, outcomes, fold_count=FOLD_COUNT)
    found["boosting on the model's"] = (
        float("nan")
        if model_inputs is None
        else predictable_share(model_inputs, outcomes, fold_count=FOLD_COUNT)
    )
    return found


def rfm_scores(users: pd.DataFrame) -> pd.DataFrame:
    """Return scores from 1 to 5 by fifths of the buyers; who bought nothing has -1.

    Equal values have equal scores, that of their middle rank.
    """
    buyers = users[users["order_count"] > 0]
    values = {
        "recency": -buyers["recency_days"],
        "frequency": buyers["order_count"],
        "money": buyers["revenue"],
    }
    scores = pd.DataFrame(
        {
            name: np.ceil(5 * (column.rank() - 0.5) / len(buyers)).clip(1, 5)
            for name, column in values.items()
        }
    )
    return scores.reindex(users.index).fillna(_NOBODY).astype(int)


def cells(scores: pd.DataFrame) -> np.ndarray:
    """Return one of 125 cells, or that of the others."""
    return np.asarray(100 * scores["recency"] + 10 * scores["frequency"] + scores["money"])


def eleven_groups(scores: pd.DataFrame) -> np.ndarray:
    """Return one of the eleven usual groups of the project (`docs/value.md`), or the others'."""
    recency = scores["recency"].to_numpy()
    value_score = (scores["frequency"].to_numpy() + scores["money"].to_numpy() + 1) // 2
    rules = [
        ("non_buyer", recency == _NOBODY),
        ("champions", (recency == 5) & (value_score >= 4)),
        ("loyal", (recency >= 3) & (value_score >= 4)),
        ("potential_loyalist", (recency >= 4) & (value_score >= 2)),
        ("new", recency == 5),
        ("promising", recency == 4),
        ("need_attention", (recency == 3) & (value_score == 3)),
        ("about_to_sleep", recency == 3),
        ("cannot_lose", value_score == 5),
        ("at_risk", value_score >= 3),
        ("hibernating", recency == 2),
    ]
    return np.select([holds for _, holds in rules], [name for name, _ in rules], "lost")


def nine_groups(scores: pd.DataFrame) -> np.ndarray:
    """Return one of nine groups, or the others': recency against value, each low, middle or high.

    Low are the scores 1 and 2, middle is 3, high are 4 and 5; value is the mean of frequency and
    money, halves rounded up.
    """
    recency = scores["recency"].to_numpy()
    value_score = (scores["frequency"].to_numpy() + scores["money"].to_numpy() + 1) // 2
    grid = 3 * np.digitize(recency, [3, 4]) + np.digitize(value_score, [3, 4])
    return np.where(recency == _NOBODY, _NOBODY, grid)


def rfm_columns(users: pd.DataFrame) -> np.ndarray:
    """Return log recency, frequency, money and tenure, and whether there is an order at all."""
    return np.column_stack(
        [
            np.log1p(users["recency_days"].fillna(0).to_numpy(float)),
            np.log1p(users["order_count"].to_numpy(float)),
            np.log1p(users["revenue"].to_numpy(float)),
            np.log1p(users["tenure_days"].to_numpy(float)),
            users["order_count"].to_numpy(float) > 0,
        ]
    )


def _regression(columns: np.ndarray, outcomes: np.ndarray):
    table = np.column_stack([np.ones(len(columns)), columns])

    def predict(is_held_out: np.ndarray) -> np.ndarray:
        weights, *_ = np.linalg.lstsq(table[~is_held_out], outcomes[~is_held_out], rcond=None)
        return table[is_held_out] @ weights

    return predict
