"""The options of `export`: customers into files, databases and warehouses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.campaigns.plan import GROUPS, CampaignPlan
from pipeline.cli.kinds import Date, GroupWithDefault, Share
from pipeline.exports.request import FORMATS, LIFECYCLE_STATES, Filters, Target, target_of
from pipeline.reporting.kit.languages import languages
from pipeline.runtime.progress import reporter
from pipeline.runtime.settings import DEFAULT_EXPORTS, DEFAULT_WAREHOUSE

_READING_OPTIONS = (
    click.option(
        "--warehouse",
        type=click.Path(path_type=Path),
        default=DEFAULT_WAREHOUSE,
        help="The DuckDB file.  [default: warehouse/amazing.duckdb]",
    ),
    click.option("--quiet", is_flag=True, help="Say nothing but errors."),
    click.option("--debug", is_flag=True, help="Show the traceback of an error."),
)


def with_reading_options(command: Callable) -> Callable:
    """Add the options of every command that only reads what was published."""
    for option in reversed(_READING_OPTIONS):
        command = option(command)
    return command


@click.group(cls=GroupWithDefault, default="customers")
def export() -> None:
    """Customers of the last run, to act on: into files, or into databases.

    Without a command: `customers`. `export COMMAND --help` lists the options.
    """


@export.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The file, or with --by-segment the folder.  [default: exports/customers.csv]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    help="What to write.  [default: as the name of the file says, else csv]",
)
@click.option(
    "--segment",
    "segments",
    multiple=True,
    metavar="NAME|ID",
    help="Only of this segment, or these.",
)
@click.option(
    "--lifecycle",
    "states",
    multiple=True,
    type=click.Choice(LIFECYCLE_STATES),
    help="Only in this state, or these.",
)
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), help="Only as surely in their segment as this."
)
@click.option(
    "--where", metavar="SQL", help="Only those for whom this holds, of columns of marts.customers."
)
@click.option("--columns", metavar="A,B,...", default="", help="Which columns of marts.customers.")
@click.option("--by-segment", is_flag=True, help="A folder of Parquet files, one of each segment.")
@click.option("--force", is_flag=True, help="Replace what is there.")
@click.option(
    "--campaign",
    metavar="NAME",
    help="Draw them for a campaign, or write who was drawn.",
)
@click.option(
    "--control",
    type=Share(),
    help="Part of every segment to leave alone, like 10%.",
)
@click.option(
    "--group",
    type=click.Choice(GROUPS),
    help="Whom of the campaign to write.  [default: treated]",
)
@click.option("--starts", type=Date(), help="Its first day.  [default: the day after the data]")
@click.option(
    "--days", type=click.IntRange(1, 365), help="For how many days it is measured.  [default: 30]"
)
@click.option(
    "--spare-controls", is_flag=True, help="Leave out the controls of campaigns that are running."
)
@with_reading_options
def customers(**options: Any) -> None:
    """Write customers with segment, state, confidence, model version and date to a file.

    With --campaign, they are drawn for it: part of every segment is its control, remembered, and
    the rest is written.
    """
    asked = (
        options["warehouse"].expanduser().absolute(),
        Filters(
            options["segments"], options["states"], options["min_confidence"], options["where"]
        ),
        [name for name in options["columns"].split(",") if name.strip()],
        _target(options),
        reporter(quiet=options["quiet"]),
    )
    if options["campaign"] is None:
        _require_no_campaign_options(options)
        from pipeline.commands.export import export_to_file

        export_to_file(*asked)
        return
    from pipeline.commands.campaigns import export_campaign

    plan = CampaignPlan(
        options["campaign"],
        options["control"],
        options["starts"],
        options["days"],
        options["spare_controls"],
    )
    export_campaign(*asked, plan, options["group"] or GROUPS[0])


def _target(options: dict[str, Any]) -> Target:
    """Return where to write, under a name that says what it is where none is given."""
    name = options["campaign"] or "customers"
    ending = "" if options["by_segment"] else FORMATS[options["format_"] or "csv"]
    path = options["output"] or DEFAULT_EXPORTS / f"{name}{ending}"
    return target_of(
        path.expanduser().absolute(),
        options["format_"],
        is_by_segment=options["by_segment"],
        may_replace=options["force"],
    )


def _require_no_campaign_options(options: dict[str, Any]) -> None:
    for name in ("control", "group", "starts", "days", "spare_controls"):
        if options[name]:
            raise click.UsageError(
                f"--{name.replace('_', '-')} is about a campaign: name it with --campaign."
            )


@export.command()
@click.argument("address", metavar="URL")
@click.option("--schema", default="amazing", show_default=True, help="Where the tables go.")
@with_reading_options
def postgres(**options: Any) -> None:
    """Replace the tables of a PostgreSQL database: labels, profiles, features, model, ledger.

    URL is postgresql://user@host/database, or service=NAME. The password comes from PGPASSWORD,
    PGPASSFILE or the service file, never from the URL.
    """
    from pipeline.commands.export_database import export_to_postgres

    export_to_postgres(
        options["warehouse"].expanduser().absolute(),
        options["address"],
        options["schema"],
        reporter(quiet=options["quiet"]),
    )


@export.command()
@click.argument("place", metavar="FOLDER|URL")
@click.option("--schema", default="amazing", show_default=True, help="Where the scripts load into.")
@click.option(
    "--location",
    metavar="URL",
    help="Where the warehouse will find the files, like s3://bucket/segments.  [default: the URL]",
)
@click.option(
    "--iam-role", default="default", metavar="ARN", help="The role with which Redshift reads them."
)
@click.option("--force", is_flag=True, help="Replace such an export that is there.")
@with_reading_options
def redshift(**options: Any) -> None:
    """Write Parquet, manifests and the SQL that loads them: Redshift, Snowflake, BigQuery."""
    from pipeline.commands.export_database import export_to_bundle
    from pipeline.databases.bundle.writing import BundleTarget

    export_to_bundle(
        options["warehouse"].expanduser().absolute(),
        BundleTarget(
            options["place"],
            options["schema"],
            options["location"],
            options["iam_role"],
            options["force"],
        ),
        reporter(quiet=options["quiet"]),
    )


@click.group()
def campaign() -> None:
    """What campaigns changed; `export --campaign` draws them."""


@campaign.command()
@click.argument("name")
@click.option(
    "--days",
    type=click.IntRange(1, 365),
    help="For the first so many days.  [default: as many as it was drawn for]",
)
@click.option(
    "--lang", type=click.Choice(languages()), default="en", help="Language of the tables."
)
@with_reading_options
def result(name: str, days: int | None, lang: str, **options: Any) -> None:
    """Buyers and revenue of those who got the campaign NAME, beside those left alone."""
    from pipeline.commands.campaign_result import show_result

    show_result(options["warehouse"].expanduser().absolute(), name, days, lang)
