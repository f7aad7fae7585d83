"""Ids go to those who may have them: whoever may not read the files is refused in words."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.warehouse.publication import published_path
from tests.conftest import ROOT, Store

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX"),
]
NOBODY = 65534
# What a command imports may lie in a folder of root: it is executed once before.
_AS_NOBODY = f"""
import json, sys
from pipeline.cli import cli, main
allowed, asked = map(json.loads, sys.argv[1:])
cli.main(allowed, standalone_mode=False)
import os
os.setgroups([]), os.setegid({NOBODY}), os.seteuid({NOBODY})
main(asked)
"""


def test_all_that_a_run_makes_is_for_its_owner_alone(demo_store: Store) -> None:
    for folder in (demo_store.warehouse.parent, demo_store.reports):
        modes = {
            str(path.relative_to(folder)): path.stat().st_mode & 0o777
            for path in folder.rglob("*")
            # The tests write it.
            if path.name != "planted_types.csv"
        }
        assert len(modes) > 3
        allowed = {0o600, 0o700}
        assert {name for name, mode in modes.items() if mode not in allowed} == set()


def test_a_run_warns_of_what_others_can_read(demo_store: Store, tmp_path: Path) -> None:
    store = replace(demo_store, warehouse=tmp_path / "w" / "test.duckdb")
    store.warehouse.parent.mkdir(mode=0o700)
    shutil.copy(demo_store.warehouse, store.warehouse)
    closed = [one for one in store.warehouse.parents if not one.stat().st_mode & 0o011]
    modes = {one: stat.S_IMODE(one.stat().st_mode) for one in (store.warehouse, *closed)}
    try:
        for path, mode in modes.items():
            path.chmod(mode | (0o055 if path.is_dir() else 0o044))
        finished = store.run("etl")
        assert "Warning: others can read test.duckdb" in finished.errors
        assert "run `chmod go= ` on these, or on the folder." in finished.errors
    finally:
        for path, mode in modes.items():
            path.chmod(mode)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can be somebody else"
)
@pytest.mark.parametrize("mode", [0o755, 0o700], ids=["open folder", "closed folder"])
@pytest.mark.parametrize(
    "command", [("export", "customers"), ("status",)], ids=["export", "status"]
)
def test_who_may_not_read_the_files_gets_one_sentence_and_no_list(
    demo_store: Store, mode: int, command: tuple[str, ...]
) -> None:
    # Above the folders of the tests, which are closed, too.
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"rights-{os.getpid()}"
    shop, other = folder / "shop", folder / "theirs"
    try:
        for made in (folder, shop, other):
            made.mkdir(mode=0o755)
        warehouse = shop / "store.duckdb"
        shutil.copy(demo_store.warehouse, warehouse)
        shutil.copy(published_path(demo_store.warehouse), published_path(warehouse))
        for path in shop.iterdir():
            path.chmod(0o600)
        shop.chmod(mode)
        folder.chmod(0o755)
        os.chown(other, NOBODY, NOBODY)
        lists = [
            ("--output", str(place / "list.csv")) if command[0] == "export" else ()
            for place in (folder, other)
        ]
        allowed, asked = (
            json.dumps([*command, "--warehouse", str(warehouse), *place]) for place in lists
        )
        finished = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, allowed, asked],
            capture_output=True, text=True, cwd=ROOT, check=False,
        )  # fmt: skip
        said = finished.stderr.splitlines()[-1]
        assert finished.returncode == 2, finished.stderr
        assert said.startswith("Error: ")
        assert "is closed to you: ask its owner for the right to it" in said
        assert list(other.iterdir()) == []
    finally:
        shutil.rmtree(folder)
