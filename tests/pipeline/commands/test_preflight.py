"""What is looked at before anything is written."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.commands.preflight import check_memory
from pipeline.runtime.errors import InputError
from pipeline.runtime.settings import RunSettings


def test_lines_that_lie_on_other_machines_need_no_memory_here() -> None:
    known: dict[str, Any] = {"all.csv": SimpleNamespace(line_count=4_000_000_000)}
    check_memory(RunSettings(memory_limit=1_500_000_000, engine="spark"), [], known)
    with pytest.raises(InputError, match="for 4,000,000,000 lines"):
        check_memory(RunSettings(memory_limit=1_500_000_000), [], known)
