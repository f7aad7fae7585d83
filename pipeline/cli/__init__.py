"""The command line: commands and options. It says what happens and does none of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from pipeline.cli.exports import campaign, export
from pipeline.cli.kinds import DataFolder, Date, GroupWithDefault, Memory
from pipeline.cli.privacy import privacy_commands
from pipeline.cli.service import serve
from pipeline.reporting.kit.languages import languages
from pipeline.runtime.errors import InputError, PipelineError
from pipeline.runtime.interruption import leave_at_once_when_interrupted
from pipeline.runtime.memory import default_limit, limit_database
from pipeline.runtime.private_files import for_the_owner_alone
from pipeline.runtime.progress import Reporter, reporter
from pipeline.runtime.remote_folder import Folder
from pipeline.runtime.settings import (
    DEFAULT_DATASETS,
    DEFAULT_REPORTS,
    DEFAULT_WAREHOUSE,
    RunSettings,
)
from pipeline.runtime.shortages import shortage
from pipeline.runtime.streams import end_process, open_closed_streams, tell

_COMMON_OPTIONS = (
    click.option(
        "--datasets",
        type=DataFolder(),
        default=DEFAULT_DATASETS,
        help="Folder with the event files; for Spark, s3a://… too.  [default: datasets]",
    ),
    click.option(
        "--warehouse",
        type=click.Path(path_type=Path),
        default=DEFAULT_WAREHOUSE,
        help="The DuckDB file.  [default: warehouse/amazing.duckdb]",
    ),
    click.option(
        "--reports",
        type=click.Path(path_type=Path),
        default=DEFAULT_REPORTS,
        help="Folder for the reports.  [default: reports]",
    ),
    click.option(
        "--preset",
        metavar="NAME",
        help="How the shop writes its files: a preset, or a YAML file.  [default: rees46]",
    ),
    click.option(
        "--engine",
        type=click.Choice(["duckdb", "spark"]),
        envvar="AMAZING_ENGINE",
        default="duckdb",
        help="What computes: DuckDB here, or Apache Spark; see docs/spark.md.  [default: duckdb]",
    ),
    click.option(
        "--lake",
        type=DataFolder(),
        envvar="AMAZING_LAKE",
        help="Folder of Spark's tables; s3a://… too.  [default: beside the warehouse]",
    ),
    click.option("--threads", type=click.IntRange(min=1), help="Threads.  [default: every core]"),
    click.option(
        "--memory-limit",
        type=Memory(),
        help="Memory of the whole process, like 8GB.  [default: 60 % of the machine; Spark: 1.5GB]",
    ),
    click.option(
        "--lang", type=click.Choice(languages()), default="en", help="Language of the reports."
    ),
    click.option("--as-of", type=Date(), help="Features see only events before this day."),
    click.option("--retrain", is_flag=True, help="Train a new model version in this run."),
    click.option(
        "--segments",
        type=click.IntRange(min=2),
        help="Number of segments in this run.  [default: the documented rule decides]",
    ),
    click.option("--full-refresh", is_flag=True, help="Read every file again."),
    click.option(
        "--forget-file",
        multiple=True,
        metavar="NAME",
        help="Remove a loaded file's events; the file itself must be gone.",
    ),
    click.option("--quiet", is_flag=True, help="Say nothing but errors."),
    click.option("--debug", is_flag=True, help="Show the traceback of an error."),
)


_OPEN_OPTION = click.option(
    "--open", "opens_report", is_flag=True, help="Open the report at the end."
)


_DOCS_OPTION = click.option(
    "--docs", "writes_docs", is_flag=True, help="Describe every column in a file beside the report."
)


def _with_common_options(command: Callable) -> Callable:
    for option in reversed(_COMMON_OPTIONS):
        command = option(command)
    return command


def _settings(options: dict[str, Any]) -> tuple[RunSettings, Reporter]:
    """Turn the options of a command into settings; paths count from where the user is."""
    settings = RunSettings(
        warehouse=options["warehouse"].expanduser().absolute(),
        reports=options["reports"].expanduser().absolute(),
        threads=options["threads"],
        memory_limit=options["memory_limit"] or default_limit(options["engine"]),
        language=options["lang"],
        as_of=options["as_of"],
        retrain=options["retrain"],
        segment_count=options["segments"],
        full_refresh=options["full_refresh"],
        forget_files=options["forget_file"],
        variables=_preset(options["preset"]),
        opens_report=options.get("opens_report", False),
        writes_docs=options.get("writes_docs", False),
        engine=options["engine"],
        lake=str(options["lake"]) if options["lake"] else None,
    )
    settings = replace(settings, datasets=_data_folder(options["datasets"], settings))
    limit_database(settings.memory_limit)
    return settings, reporter(quiet=options["quiet"])


def _data_folder(place: Path | str, settings: RunSettings) -> Folder:
    if isinstance(place, Path):
        return place
    from pipeline.commands.engine import remote_folder

    return remote_folder(place, settings)


def _preset(name: str | None) -> dict[str, Any]:
    if name is None:
        return {}
    # Reading YAML is not for `--help`.
    from pipeline.runtime.project_settings import preset_variables

    return preset_variables(name)


@click.group(
    cls=GroupWithDefault,
    default="run",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def cli() -> None:
    """From raw event files to named customer segments, in one command.

    Without a command: `run`. `COMMAND --help` lists the options.
    """


@cli.command()
@_with_common_options
@_OPEN_OPTION
@_DOCS_OPTION
def run(**options: Any) -> None:
    """Everything: ingest, build, train if needed, publish, report."""
    from pipeline.commands import build, demo

    settings, shown = _settings(options)
    if build.has_nothing_to_do(settings):
        shown.say(
            f"There is no event file in {settings.datasets}: running the demo on a synthetic store."
        )
        demo.run_demo(settings, shown)
    else:
        build.run(settings, shown)


@cli.command()
@_with_common_options
def etl(**options: Any) -> None:
    """Files to user features."""
    from pipeline.commands import build

    build.etl(*_settings(options))


@cli.command()
@_with_common_options
@_OPEN_OPTION
@_DOCS_OPTION
def model(**options: Any) -> None:
    """User features to segments and report."""
    from pipeline.commands import build

    build.model(*_settings(options))


@cli.command()
@_with_common_options
def explore(**options: Any) -> None:
    """Report on the raw files alone, before any cleaning."""
    from pipeline.commands.engine import only_on_this_machine
    from pipeline.commands.explore import explore as explore_files

    settings, shown = _settings(options)
    only_on_this_machine(settings, "explore")
    explore_files(settings, shown)


@cli.command()
@_with_common_options
@_OPEN_OPTION
def report(**options: Any) -> None:
    """The reports again, from what is published, without a build."""
    from pipeline.commands.report import report as write_again

    write_again(*_settings(options))


@cli.command()
@_with_common_options
@click.option("--file", "name", metavar="NAME", help="Why lines of this file were refused.")
@click.option("--files", "all_files", is_flag=True, help="Everything about every loaded file.")
@click.option("--json", "as_json", is_flag=True, help="All of it for scripts; see docs/json.md.")
def status(name: str | None, all_files: bool, as_json: bool, **options: Any) -> None:
    """What is loaded, which model, how fresh."""
    from pipeline.commands import status as shown

    settings, _ = _settings(options)
    if name is not None:
        shown.show_file(settings, name)
    elif as_json:
        from pipeline.commands.status_json import print_json

        print_json(settings)
    elif all_files:
        shown.show_files(settings)
    else:
        shown.show_status(settings)


@cli.command()
@_with_common_options
@_OPEN_OPTION
@_DOCS_OPTION
@click.option("--users", type=click.IntRange(min=1), default=20_000, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
def demo(users: int, seed: int, **options: Any) -> None:
    """Write a synthetic store and run everything on it, in its own warehouse file."""
    from pipeline.commands.demo import run_demo

    run_demo(*_settings(options), user_count=users, seed=seed)


cli.add_command(export)
cli.add_command(serve)
cli.add_command(campaign)
cli.add_command(privacy_commands(_with_common_options, _settings))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0, 1, 2 or 3, see `runtime.errors`."""
    for_the_owner_alone()
    open_closed_streams()
    leave_at_once_when_interrupted()
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        cli.main(arguments, prog_name="run_pipeline.py", standalone_mode=False)
    except (PipelineError, click.ClickException) as error:
        if "--debug" in arguments:
            raise
        sys.exit(_tell(error))
    except PermissionError as error:
        if "--debug" in arguments:
            raise
        place = error.filename or "A file"
        tell(
            f"Error: {place} is closed to you: ask its owner for the right to it, or name another."
        )
        sys.exit(InputError.exit_code)
    except Exception as error:
        if "--debug" in arguments:
            raise
        tell(f"Error: {_unforeseen(error)}")
        sys.exit(PipelineError.exit_code)
    end_process()


def _tell(error: PipelineError | click.ClickException) -> int:
    """Say in one sentence what went wrong and return the exit code."""
    if isinstance(error, PipelineError):
        message, code = str(error), error.exit_code
    else:
        message, code = error.format_message(), InputError.exit_code
    tell(f"Error: {message}")
    return code


def _unforeseen(error: Exception) -> str:
    """Say in one sentence what nobody expected, or what the machine lacks."""
    text = str(error) or type(error).__name__
    return shortage(f"{type(error).__name__}: {text}") or (
        f"{text.splitlines()[0]} (an unforeseen error: run again with --debug for the details)."
    )
