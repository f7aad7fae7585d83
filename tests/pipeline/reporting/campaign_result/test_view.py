"""What a campaign changed, in words, whatever came of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipeline.reporting.campaign_result.view import ALL, NO_SEGMENT, Measured, answer


def _row(group: str, period: str = "after", **values: Any) -> dict[str, Any]:
    """Return a row of `marts.campaign_results`, in which nothing is decided."""
    row: dict[str, Any] = {
        "group_id": group, "period": period, "day_count": 30,
        "treated_count": 1_600, "control_count": 400, "buyer_needed_count": 52_000,
        "revenue_needed_count": 90_000,
    }  # fmt: skip
    for figure, of_treated, of_control, half in (
        ("buyer_rate", 0.1234, 0.12, 0.03),
        ("mean_revenue", 1_234.5, 1_200.0, 100.0),
    ):
        row |= {
            f"treated_{figure}": of_treated,
            f"control_{figure}": of_control,
            f"{figure}_difference": of_treated - of_control,
            f"{figure}_difference_lower": of_treated - of_control - half,
            f"{figure}_difference_upper": of_treated - of_control + half,
            f"{figure}_uplift": of_treated / of_control - 1,
        }
    return row | values


def _measured(*rows: dict[str, Any]) -> Measured:
    return Measured("spring", date(2019, 12, 1), 30, rows, {"0": "Loyal regulars"})


def test_everything_is_said_in_english() -> None:
    shown = answer(_measured(_row(ALL), _row("0"), _row(ALL, "before")), "en", 10)
    assert shown.title == "Campaign spring: 30 days, from 2019-12-01 on."
    buyers, revenue = shown.tables
    assert buyers.title == "Buyers"
    assert buyers.rows[0] == (
        "all", "1,600", "400", "12.34%", "12.00%", "+0.34", "-2.66 to +3.34", "+2.8%", "52,000",
    )  # fmt: skip
    assert revenue.rows[1][0] == "Loyal regulars"
    assert revenue.rows[1][3:6] == ("1,234.50", "1,200.00", "+34.50")
    assert shown.remarks == (
        "Buyers: undecided, -2.66 to +3.34 percentage points; such a difference takes 52,000"
        " customers to decide.",
        "Revenue per customer: undecided, -65.50 to +134.50; such a difference takes 90,000"
        " customers to decide.",
        "The groups were alike before the campaign: a difference of -2.66 to +3.34 points of"
        " buyers in the 30 days before.",
    )


def test_everything_is_said_in_french_with_its_numbers() -> None:
    after = _row(ALL, day_count=1)
    shown = answer(_measured(after, _row(NO_SEGMENT), _row(ALL, "before")), "fr", 10)
    assert shown.title == (
        "Campagne spring\u00a0: 1 jour sur 30 à ce stade, à partir du 01/12/2019."
    )
    assert shown.tables[0].rows[1][0] == "sans segment"
    assert shown.tables[1].rows[0][3] == "1\u202f234,50"
    assert "indécis, -2,66 à +3,34 points de pourcentage" in shown.remarks[0]
    assert "se ressemblaient" in shown.remarks[-1]


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (0.001, 0.03, "Buyers: more, by +0.10 to +3.00 percentage points."),
        (-0.03, -0.001, "Buyers: less, by -3.00 to -0.10 percentage points."),
        (None, None, "Buyers: too few have bought to tell."),
    ],
)
def test_the_interval_decides(lower: float | None, upper: float | None, said: str) -> None:
    limits = {"buyer_rate_difference_lower": lower, "buyer_rate_difference_upper": upper}
    shown = answer(_measured(_row(ALL, **limits), _row(ALL, "before", **limits)), "en", 10)
    assert shown.remarks[0] == said
    alike = "there is nothing to compare" if lower is None else "NOT alike"
    assert alike in shown.remarks[-1]


def test_a_small_group_has_no_figures() -> None:
    rows = (_row(ALL), _row("0", control_count=9), _row(ALL, "before"))
    shown = answer(_measured(*rows), "en", 10)
    assert shown.tables[0].rows[1] == ("Loyal regulars", "fewer than 10 in a group")
