"""A plugin of dbt, which finds it by its name: prepares dbt-spark where the target is `spark`.

Where the root of the repository is on Python's path, that is; `python -m dbt.cli.main` in the root
has it there.
"""

from __future__ import annotations

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin


class SparkSessionPlugin(dbtPlugin):
    """Does nothing where another engine runs."""

    def initialize(self) -> None:
        """Extend the adapter before dbt uses it."""
        if getattr(get_flags(), "TARGET", None) == "spark":
            from pipeline.dbt_runner.spark_adapter import extend_adapter

            extend_adapter()


plugins = [SparkSessionPlugin]
