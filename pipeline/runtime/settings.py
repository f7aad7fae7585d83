"""Where a run reads and writes, and how it may use the machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pipeline.runtime.errors import InputError
from pipeline.runtime.memory import default_limit
from pipeline.runtime.remote_folder import Folder, is_remote

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_DATASETS = ROOT / "datasets"
DEFAULT_WAREHOUSE = ROOT / "warehouse" / "amazing.duckdb"
DEMO_WAREHOUSE = ROOT / "warehouse" / "demo.duckdb"
DEFAULT_REPORTS = ROOT / "reports"
DEFAULT_EXPORTS = ROOT / "exports"

Engine = Literal["duckdb", "spark"]


_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]?)(I?)B?", re.IGNORECASE)


def parse_memory(text: str) -> int:
    """Return the number of bytes that a text such as `8GB` or `512 MiB` means.

    Raises
    ------
    InputError
        When the text is no size.

    Examples
    --------
    >>> parse_memory("8GB"), parse_memory("1.5 GiB")
    (8000000000, 1610612736)
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise InputError(f"--memory-limit {text!r} is no size: write it like 8GB.")
    number, prefix, is_binary = match.groups()
    power = " KMGT".index(prefix.upper() or " ")
    return int(float(number) * (1024 if is_binary else 1000) ** power)


@dataclass(frozen=True)
class RunSettings:
    """One run of the pipeline; all paths are absolute. Spark alone reads a remote data folder.

    `threads` None means every core, `memory_limit` is that of the whole process, in bytes, `as_of`
    None means the end of the data, `segment_count` None lets the rule decide, `is_synthetic` marks
    every report as made from invented customers, `variables` are settings of a preset, in
    the place of those of the project, `opens_report` shows the report on the desktop at the end,
    `writes_docs` puts the documentation of every relation beside it, `engine` computes, `lake` is
    where Spark keeps its tables, None for beside the warehouse.
    """

    datasets: Folder = DEFAULT_DATASETS
    warehouse: Path = DEFAULT_WAREHOUSE
    reports: Path = DEFAULT_REPORTS
    threads: int | None = None
    memory_limit: int = field(default_factory=default_limit)
    language: str = "en"
    as_of: date | None = None
    retrain: bool = False
    segment_count: int | None = None
    full_refresh: bool = False
    forget_files: tuple[str, ...] = ()
    is_synthetic: bool = False
    variables: Mapping[str, object] = field(default_factory=dict)
    opens_report: bool = False
    writes_docs: bool = False
    engine: Engine = "duckdb"
    lake: str | None = None

    @property
    def lake_folder(self) -> str:
        """Where Spark keeps its tables: a folder, or what only Spark reaches.

        Examples
        --------
        >>> RunSettings(warehouse=Path("/w/store.duckdb")).lake_folder
        '/w/store.lake'
        """
        return self.lake or str(self.warehouse.with_suffix(".lake"))

    @property
    def lake_variables(self) -> dict[str, str]:
        """What tells `profiles.yml` where Spark's tables are, and the catalogue of them.

        The catalogue is a database in files, which a remote folder cannot hold.
        """
        lake = self.lake_folder
        beside = self.warehouse.with_suffix(".lake") if is_remote(lake) else lake
        return {"AMAZING_LAKE": lake, "AMAZING_METASTORE": f"{beside}/metastore"}

    @property
    def local_datasets(self) -> Path:
        """The data folder for what only DuckDB does, which reads no other."""
        assert isinstance(self.datasets, Path)
        return self.datasets

    @property
    def report_file(self) -> Path:
        """Where the report of this run goes, as a page."""
        suffix = "" if self.language == "en" else f".{self.language}"
        return self.reports / f"report{suffix}.html"

    def as_demo(self) -> RunSettings:
        """Return the same run on a synthetic store, in files of its own unless others are named."""
        warehouse = DEMO_WAREHOUSE if self.warehouse == DEFAULT_WAREHOUSE else self.warehouse
        return replace(
            self,
            datasets=warehouse.with_suffix("") / "datasets",
            warehouse=warehouse,
            reports=self.reports / "demo",
            is_synthetic=True,
            lake=None,
        )
