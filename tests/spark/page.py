"""The commands of docs/spark.md, as a newcomer types them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "spark.md").read_text()
RUN = ".venv/bin/python run_pipeline.py run --engine spark"


def block(heading: str) -> str:
    """Return the commands below a heading of the page that end in a run."""
    section = re.search(rf"^#+ {heading}\n(.*?)(?=^#+ |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE)
    blocks = re.findall(r"```sh\n(.*?)```", section[1], flags=re.DOTALL)
    return next(commands for commands in blocks if RUN in commands)


@contextmanager
def running(
    commands: str, datasets: Path | str, warehouse: Path, *options: str, command: str = "run"
) -> Iterator[int]:
    """Run commands of the page on a store, and in the end stop what they left running.

    What they say is in a file `log` beside the warehouse. `command` stands in the place of `run`.
    """
    warehouse.parent.mkdir(exist_ok=True)
    given = f"--datasets {datasets} --warehouse {warehouse}"
    given += f" --reports {warehouse.parent}/reports {' '.join(options)}"
    text = commands.replace(RUN, f"{RUN.replace('py run', f'py {command}')} {given}")
    text = text.replace("$PWD/warehouse/amazing.lake", str(warehouse.with_suffix(".lake")))
    text = text.replace(".venv/bin/python", sys.executable)
    environment = os.environ | {"AMAZING_SHUFFLE_PARTITIONS": "2"}
    with (warehouse.parent / "log").open("w") as log:
        process = subprocess.Popen(
            ["bash", "-euc", text], cwd=ROOT, stdout=log, stderr=log, env=environment,
            start_new_session=True,
        )  # fmt: skip
        try:
            yield process.wait()
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def end_of_log(warehouse: Path) -> str:
    """Return the last of what the commands said."""
    return (warehouse.parent / "log").read_text()[-3000:]
