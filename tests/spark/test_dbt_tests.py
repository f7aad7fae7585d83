"""What dbt itself tests, data and code, holds on Spark."""

from __future__ import annotations

import pytest

from tests.spark.conftest import Engines
from tests.spark.months import write_store

pytestmark = [pytest.mark.spark, pytest.mark.long, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def built(engines: Engines) -> Engines:
    """A synthetic store on Spark alone."""
    write_store(engines.datasets, 300)
    assert engines.build_on_spark() == []
    return engines


@pytest.mark.parametrize("kind", ["data", "unit"])
def test_all_tests_pass(built: Engines, kind: str) -> None:
    assert built.test_on_spark("--select", f"test_type:{kind}") == []
