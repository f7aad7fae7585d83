"""The `demo` command: a synthetic store, and everything run on it in a warehouse of its own."""

from __future__ import annotations

import shutil

from pipeline.commands import build
from pipeline.demo_store import write_demo_store
from pipeline.ingest.session import session
from pipeline.runtime.errors import InputError
from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import DEMO_WAREHOUSE, RunSettings
from pipeline.warehouse.lock import run_lock

# In the folder of a demo's store: what lies there may be removed.
_MARK = ".made_by_the_demo"


def run_demo(
    settings: RunSettings, reporter: Reporter, *, user_count: int = 20_000, seed: int = 1
) -> None:
    """Write the synthetic store of `user_count` users and build, segment and report on it.

    The store and its warehouse are made afresh each time; nothing else is touched.

    Raises
    ------
    InputError
        When a file or folder is in their place that no demo has made; other errors as in
        `pipeline.commands.build.run`.
    """
    demo = settings.as_demo()
    with run_lock(demo.warehouse), session():
        _check_that_a_demo_made(demo)
        shutil.rmtree(demo.local_datasets, ignore_errors=True)
        demo.warehouse.unlink(missing_ok=True)
        demo.local_datasets.parent.mkdir(parents=True, exist_ok=True)
        (demo.local_datasets.parent / _MARK).touch()
        write_demo_store(
            demo.local_datasets,
            planted_types_file=demo.local_datasets.parent / "planted_types.csv",
            user_count=user_count,
            seed=seed,
            reporter=reporter,
        )
        build.run_locked(demo, reporter)


def _check_that_a_demo_made(demo: RunSettings) -> None:
    """Make sure that nothing is lost where the demo is going to be."""
    if demo.warehouse == DEMO_WAREHOUSE or (demo.local_datasets.parent / _MARK).exists():
        return
    for place in (demo.warehouse, demo.local_datasets):
        if place.exists():
            raise InputError(
                f"{place} was not made by the demo, which would remove it: name another file with"
                " --warehouse, or the folder of your files with --datasets."
            )
