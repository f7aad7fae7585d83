"""The benchmarks, one command: `python -m benchmarks.run small`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from benchmarks.agreement import measure_agreement
from benchmarks.checks import HEADER as CHECKS_HEADER
from benchmarks.checks import measure_checks
from benchmarks.exploring import HEADER as EXPLORING_HEADER
from benchmarks.exploring import measure_exploring
from benchmarks.full_size import HEADER as FULL_HEADER
from benchmarks.full_size import measure_full_size
from benchmarks.growth import HEADER, measure_growth
from benchmarks.process import Measured, measure
from benchmarks.pseudonyms import HEADER as PSEUDONYMS_HEADER
from benchmarks.pseudonyms import measure_pseudonyms
from benchmarks.results import RESULTS, write_results
from benchmarks.scale import HEADER as SCALE_HEADER
from benchmarks.scale import MEMORY_HEADER, measure_memory, measure_scale, plot, scale_title
from benchmarks.scoring import HEADER as SCORING_HEADER
from benchmarks.scoring import measure_scoring
from benchmarks.starting import HEADER as STARTING_HEADER
from benchmarks.starting import measure_starting
from benchmarks.stores import store_and_folder
from pipeline.demo_store import write_demo_store
from pipeline.runtime.progress import reporter

# About 3 million events.
MAIN_JOB_USERS = 100_000
DEMO_USERS = 20_000


_stores = click.option(
    "--stores",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where stores are kept, and found again: writing 100 million events takes minutes.",
)


@click.group()
def cli() -> None:
    """Measure the pipeline as whole processes on synthetic stores."""


@cli.command()
@click.option("--seed", default=1, show_default=True)
def small(seed: int) -> None:
    """Speed, memory and segment quality at 20,000 and 100,000 users; a few minutes."""
    rows = [["store", "events", "command", "seconds", "x yardstick", "peak memory", "ARI", "k"]]
    for user_count in (DEMO_USERS, MAIN_JOB_USERS):
        with tempfile.TemporaryDirectory() as folder:
            rows += _measure_store(Path(folder), user_count, seed)
    write_results("small", "The main job, everything included", rows)


@cli.command()
@click.option("--millions", "-m", default=25.0, show_default=True)
@click.option("--runs", default=1, show_default=True)
@click.option("--seed", default=1, show_default=True)
@_stores
def month(millions: float, runs: int, seed: int, stores: Path | None) -> None:
    """What one more month costs, beside its share of all seven, and a run with nothing new."""
    with store_and_folder(millions, seed, stores) as (store, folder):
        rows = measure_growth(store, folder, runs)
    title = f"One month added to six, {millions:g} million events"
    write_results(f"month_{millions:g}", title, [HEADER, *rows])


@cli.command()
@click.option("--millions", "-m", multiple=True, type=float, default=(1.0, 5.0, 25.0, 100.0))
@click.option("--runs", default=3, show_default=True, help="Above 25 million events, 1.")
@click.option("--seed", default=1, show_default=True)
@_stores
def scale(millions: tuple[float, ...], runs: int, seed: int, stores: Path | None) -> None:
    """Time and memory from 1 to 100 million events, beside two scripts; an hour, and 40 GB.

    One size has a file of its own; several have a plot.
    """
    name = f"scale_{millions[0]:g}" if len(millions) == 1 else "scale"
    scales = []
    for million in sorted(millions):
        with store_and_folder(million, seed, stores) as (store, folder):
            scales.append(measure_scale(store, folder, runs if million <= 25 else 1))
        rows = [row for scale in scales for row in scale.rows()]
        write_results(name, scale_title(runs), [SCALE_HEADER, *rows])
        if len(millions) > 1:
            plot(scales).savefig(RESULTS / "scale.png", dpi=120)


@cli.command()
@click.option("--millions", "-m", default=25.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--limit", "limits", multiple=True, default=("2GB", "4GB", "8GB"), show_default=True)
@_stores
def memory(millions: float, seed: int, limits: tuple[str, ...], stores: Path | None) -> None:
    """Whether a first run keeps within its memory limit; ten minutes."""
    with store_and_folder(millions, seed, stores) as (store, folder):
        rows = measure_memory(store, folder, limits)
    title = f"First run on {millions:g} million events, training and report included"
    write_results(f"memory_{millions:g}", title, [MEMORY_HEADER, *rows])


@cli.command()
@click.argument("datasets", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--limit", default="8GB", show_default=True)
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="For temporary files."
)
def full(datasets: Path, limit: str, folder: Path | None) -> None:
    """A first run on the files of a folder, with its log: for the real data, or as much of it."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        rows, log = measure_full_size(datasets, Path(name), limit)
    write_results("full_size", "A first run at full size", [FULL_HEADER, *rows], log)


@cli.command()
@click.option("--trained", default=2_500_000, show_default=True, help="Two in five train.")
@click.option("--scored", default=10_000_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
def scoring(trained: int, scored: int, seed: int) -> None:
    """What it takes to train on many customers and to score many; five minutes."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measure_scoring(Path(folder), trained, scored, seed=seed)
    write_results("scoring", "Training and scoring many customers", [SCORING_HEADER, *rows])


@cli.command()
@click.option("--runs", default=5, show_default=True)
def starting(runs: int) -> None:
    """The demo after installation, and how soon `status` and `--help` answer; a minute."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measure_starting(Path(folder), runs)
    write_results("starting", "From installation to the first answer", [STARTING_HEADER, *rows])


@cli.command()
@click.option("--millions", "-m", default=3.0, show_default=True)
@click.option("--runs", default=2, show_default=True)
@click.option("--seed", default=1, show_default=True)
@_stores
def exploring(millions: float, runs: int, seed: int, stores: Path | None) -> None:
    """What `explore` takes beside `etl`; a minute for three million events."""
    with store_and_folder(millions, seed, stores) as (store, folder):
        rows = measure_exploring(store, folder, runs)
    title = f"Exploring {millions:g} million events, beside loading them"
    write_results(f"exploring_{millions:g}", title, [EXPLORING_HEADER, *rows])


@cli.command()
@click.option("--millions", "-m", default=25.0, show_default=True)
@click.option("--turns", default=1, show_default=True)
@click.option("--seed", default=1, show_default=True)
@_stores
def pseudonyms(millions: float, turns: int, seed: int, stores: Path | None) -> None:
    """What `etl` takes with a secret key beside without one; ten minutes for 25 million events."""
    with store_and_folder(millions, seed, stores) as (store, folder):
        rows = measure_pseudonyms(store, folder, turns)
    title = f"What pseudonyms cost, {millions:g} million events"
    write_results(f"pseudonyms_{millions:g}", title, [PSEUDONYMS_HEADER, *rows])


@cli.command()
@click.option("--millions", "-m", default=25.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@_stores
def checks(millions: float, seed: int, stores: Path | None) -> None:
    """What all data tests take beside all models; five minutes."""
    with store_and_folder(millions, seed, stores) as (store, folder):
        rows = measure_checks(store, folder)
    write_results("checks", "Data tests beside what they test", [CHECKS_HEADER, *rows])


def _measure_store(folder: Path, user_count: int, seed: int) -> list[list[str]]:
    store = write_demo_store(
        folder / "datasets",
        user_count=user_count,
        seed=seed,
        planted_types_file=folder / "planted_types.csv",
        reporter=reporter(quiet=False),
    )
    yardstick = measure(["-m", "benchmarks.bare_script", folder / "datasets"])
    warehouse = folder / "warehouse.duckdb"
    options = ["--datasets", folder / "datasets", "--warehouse", warehouse, "--quiet"]
    options += ["--reports", folder / "reports"]
    first = measure(["run_pipeline.py", "run", *options])
    agreement = measure_agreement(warehouse, store.planted_types_file)
    again = measure(["run_pipeline.py", "run", *options])
    quality = [f"{agreement.adjusted_rand:.3f}", str(agreement.segment_count)]
    name, events = f"{user_count:,} users", f"{store.event_count:,}"
    return [
        [name, events, "first run", *_figures(first, yardstick), *quality],
        [name, events, "run again, nothing new", *_figures(again, yardstick), "", ""],
        [name, events, "yardstick", *_figures(yardstick, yardstick), "", ""],
    ]


def _figures(measured: Measured, yardstick: Measured) -> list[str]:
    return [
        f"{measured.seconds:.1f}",
        f"{measured.seconds / yardstick.seconds:.1f}",
        f"{measured.peak_bytes / 1e9:.2f} GB",
    ]


if __name__ == "__main__":
    cli()
