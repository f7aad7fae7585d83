"""The project in another folder, for tests that edit it or may not write to it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import ROOT
from tests.known_project import SMALL_TRAINING


def copy_project(folder: Path) -> Path:
    """Copy the project, with what Python has compiled of it."""
    for name in ("dbt_project", "ml", "pipeline", "presets"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("dbt_project.yml", "profiles.yml", "run_pipeline.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def train_small(project: Path) -> None:
    """Let a copy of the project train with few repetitions."""
    path = project / "dbt_project.yml"
    settings = path.read_text()
    for name, count in SMALL_TRAINING.items():
        settings, found = re.subn(rf"\n  {name}: \d+\n", f"\n  {name}: {count}\n", settings)
        assert found == 1
    path.write_text(settings)
