from __future__ import annotations

from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_limits


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Small problems on several threads mostly wait, above all where tests run side by side."""
    with threadpool_limits(1):
        yield
