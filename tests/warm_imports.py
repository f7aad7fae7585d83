"""What a process has imported before commands are forked from it."""

from __future__ import annotations

import importlib
import os
import pkgutil
from contextlib import suppress

import dbt.cli.main

import ml
import pipeline
from tests.known_project import KnowingRunner
from tests.warm_dbt import warm_dbt
from tests.warm_process import BUILDS

for package in (pipeline, ml):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        # What needs packages that not everybody has, such as Spark's.
        with suppress(ModuleNotFoundError):
            importlib.import_module(module.name)
dbt.cli.main.dbtRunner = KnowingRunner
if BUILDS in os.environ:
    warm_dbt()
