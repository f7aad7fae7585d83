"""The session of Spark, as dbt opens it: for what is asked of Spark before dbt begins."""

from __future__ import annotations

import os
from collections.abc import Mapping

import yaml
from jinja2 import Template
from pyspark.sql import SparkSession

from pipeline.runtime.settings import ROOT


def open_session(variables: Mapping[str, str]) -> SparkSession:
    """Return the session of this process, made with the parameters of `profiles.yml`.

    dbt takes over a session that is there; what is set once for all has to be set by then.
    `variables` stand in the place of those of the environment.
    """
    profiles = yaml.safe_load((ROOT / "profiles.yml").read_text("utf-8"))
    target = profiles["amazing_customer_segments"]["outputs"]["spark"]
    known = os.environ | variables
    builder = SparkSession.builder.enableHiveSupport()
    for name, text in target["server_side_parameters"].items():
        value = Template(str(text)).render(env_var=known.get, flags={"PROFILES_DIR": str(ROOT)})
        builder = builder.config(name, value)
    return builder.getOrCreate()
