from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipeline.runtime import memory
from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import check_limit, database_config, default_limit, limit_database


@pytest.mark.parametrize(
    ("machine", "limit"), [(24_000_000_000, 14_400_000_000), (2_000_000_000, 1_500_000_000)]
)
def test_a_run_takes_three_fifths_of_the_machine_and_never_too_little(
    monkeypatch: pytest.MonkeyPatch, machine: int, limit: int
) -> None:
    monkeypatch.setattr(memory.psutil, "virtual_memory", lambda: SimpleNamespace(total=machine))
    assert default_limit() == limit
    assert default_limit("spark") == 1_500_000_000


@pytest.mark.parametrize(
    ("limit", "part"),
    [
        # One gigabyte is kept beside the database, and a fifth where that is more.
        (1_500_000_000, 500_000_000),
        (4_000_000_000, 3_000_000_000),
        (8_000_000_000, 6_400_000_000),
    ],
)
def test_the_database_gets_what_python_does_not_need(
    monkeypatch: pytest.MonkeyPatch, limit: int, part: int
) -> None:
    # So that what is set here goes in the end.
    monkeypatch.setenv("AMAZING_MEMORY_LIMIT", "")
    limit_database(limit)
    assert database_config() == {"memory_limit": f"{part // 2**20}MiB"}


def test_too_little_says_how_much_would_do() -> None:
    with pytest.raises(InputError, match=r"1,400MB is too little: .* at least 1\.5GB"):
        check_limit(1_400_000_000)


@pytest.mark.parametrize(
    ("line_count", "enough"), [(100_000_000, 2_850_000_000), (411_000_000, 7_755_000_000)]
)
def test_too_little_for_so_many_lines_says_how_much_would_do(line_count: int, enough: int) -> None:
    check_limit(enough, line_count)
    with pytest.raises(InputError, match=rf"for {line_count:,} lines: a run needs at least"):
        check_limit(enough - 1_000_000, line_count)
