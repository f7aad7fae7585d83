"""The lines in the warehouse are compared with a count that was made without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.ingest import InputFile, Inspection, Layout, files_to_load
from tests.conftest import HEADER
from tests.relations import contents
from tests.workbench import workbench

pytestmark = pytest.mark.slow

LINES = [f"2019-10-01 10:00:0{second} UTC,view,1,5,,acme,2.50,1,s1" for second in range(3)]


def test_a_line_that_does_not_arrive_stops_the_run_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inspect_all = files_to_load.inspect_all

    def find_one_more(
        files: Sequence[InputFile], layouts: Sequence[Layout], **options: object
    ) -> list[Inspection]:
        found = inspect_all(files, layouts, **options)
        return [replace(one, line_count=one.line_count + 1) for one in found]

    with workbench(tmp_path) as bench:
        (bench.datasets / "a.csv").write_text("\n".join([HEADER, *LINES]) + "\n")
        bench.run()
        before = contents(bench.warehouse)
        (bench.datasets / "b.csv").write_text("\n".join([HEADER, *LINES]) + "\n")
        monkeypatch.setattr(files_to_load, "inspect_all", find_one_more)
        assert bench.try_run() == (
            "b.csv holds 4 lines but 3 were read:"
            " send the file again, or report it with its first and last lines."
        )
        assert contents(bench.warehouse) == before
        # Nor is the file taken for loaded.
        monkeypatch.undo()
        bench.run()
        assert len(contents(bench.warehouse)["lines"]) == 2 * len(LINES)
