"""The `demo` command: a synthetic store, and everything run on it in a warehouse of its own."""

from __future__ import annotations

import shutil

from pipeline import build
from pipeline.demo_store import write_demo_store
from pipeline.progress import Reporter
from pipeline.run_lock import run_lock
from pipeline.settings import RunSettings


def run_demo(
    settings: RunSettings, reporter: Reporter, *, user_count: int = 20_000, seed: int = 1
) -> None:
    """Write the synthetic store of `user_count` users and build, segment and report on it.

    The store and its warehouse are made afresh each time; nothing else is touched.
    """
    demo = settings.as_demo()
    with run_lock(demo.warehouse):
        shutil.rmtree(demo.datasets, ignore_errors=True)
        demo.warehouse.unlink(missing_ok=True)
        write_demo_store(
            demo.datasets,
            planted_types_file=demo.datasets.parent / "planted_types.csv",
            user_count=user_count,
            seed=seed,
            reporter=reporter,
        )
        build.run_locked(demo, reporter)
