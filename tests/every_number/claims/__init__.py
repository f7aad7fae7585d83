"""What every number of the report has to be, by queries on the warehouse."""

from __future__ import annotations

from tests.every_number.check import Claim, Quote
from tests.every_number.claims.customers import MIGRATIONS_CLAIMS, SEGMENT_CLAIMS, STATES_CLAIMS
from tests.every_number.claims.data import DATA_CLAIMS, FEW_CLAIMS
from tests.every_number.claims.experiment import EXPERIMENT_CLAIMS
from tests.every_number.claims.model import (
    DIFFER_CLAIMS,
    DRIFT_CLAIMS,
    METHOD_CLAIMS,
    READING_CLAIMS,
    RULES_CLAIMS,
    SURE_CLAIMS,
)
from tests.every_number.claims.number_of_segments import NUMBER_CLAIMS
from tests.every_number.claims.over_time import CHANGES_CLAIMS, COHORT_CLAIMS
from tests.every_number.claims.pages import PAGE_CLAIMS
from tests.every_number.claims.value import VALUE_CLAIMS

# Words that hold a number and say nothing of the data: dates, versions, names of files, methods,
# the definitions of the catalogue.
WORDS = (
    r"\d{4}-\d{2}-\d{2}",
    r"\b(?:January|February|March|April|May|June) \d{4}",
    r"\b(?:July|August|September|October|November|December) \d{4}",
    r"^\+\d+ months$",  # since the first purchase
    r"^\d{1,2}:00$|:00 \(UTC\)",  # the hours of a week
    r"[Mm]odel (?:version )?\d+",
    r"Version \d+ learned",
    r"\S+\.(?:csv|parquet|gz)\b",
    r"Component \d+ ",
    r"95% [Ii]nterval",
    r"95 of 100 samples|92 to 99 of 100",
    r"\b1 \+ (?:revenue|x)\b",
    r"11 RFM groups|125 RFM cells|125 cells",
    r"80 of 100 cases|5 of 100 cases|Fleiss \(1981\)",
    r"±1\.5|10% (?:to|and) (?:the )?90% quantile|at least 1 spread",
    r"above 1, it brings in more",
    r"adds up to 100%",
    r"above 0\.9\b|Above 0\.9\b|below 0\.1 a feature|above 0\.25 it is",
    r"Below 0\.6 do|from 0\.75 it|from 0\.85 highly|\(Hennig 2007\)",
    r"the largest number with (?:0\.8|0\.9|0\.75|5%)",
    r"A silhouette near 0\.5 does.*by the same recipe",
    r"\(1% of a total\)|at most 1% from the truth",
)

CLAIMS: tuple[Claim | Quote, ...] = (
    *CHANGES_CLAIMS,
    *COHORT_CLAIMS,
    *PAGE_CLAIMS,
    *SEGMENT_CLAIMS,
    *STATES_CLAIMS,
    *VALUE_CLAIMS,
    *EXPERIMENT_CLAIMS,
    *MIGRATIONS_CLAIMS,
    *DIFFER_CLAIMS,
    *RULES_CLAIMS,
    *SURE_CLAIMS,
    *NUMBER_CLAIMS,
    *READING_CLAIMS,
    *METHOD_CLAIMS,
    *DRIFT_CLAIMS,
    *DATA_CLAIMS,
    *FEW_CLAIMS,
)
