"""Write one store of the jury: `python -m benchmarks.jury.write --store c --seed 1 FOLDER`."""

from __future__ import annotations

from pathlib import Path

import click

from benchmarks.jury.real_stores import MissingStoreError
from benchmarks.jury.stores import HELD_OUT, STORES, store_by_key


@click.command()
@click.option(
    "--store",
    "key",
    type=click.Choice([store.key for store in (*STORES, *HELD_OUT)]),
    required=True,
)
@click.option("--seed", default=1, show_default=True)
@click.option("--users", type=click.IntRange(min=1), help="Customers.  [default: as in the jury]")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def main(key: str, seed: int, users: int | None, folder: Path) -> None:
    """Write the events of a store to FOLDER/datasets, the planted types beside them."""
    store = store_by_key(key)
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: name a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        written = store.write(folder, seed, users or store.user_count)
    except MissingStoreError as error:
        raise click.ClickException(f"This store cannot be written: {error}.") from error
    click.echo(f"{store.title}: {written.datasets}")
    if written.planted_types:
        click.echo(f"planted types: {written.planted_types}")
    if store.dates:
        dates = ", ".join(f"{date:%Y-%m-%d}" for date in store.dates)
        click.echo(f"to be judged as of {dates}, by the {store.outcome_days} days that follow")


if __name__ == "__main__":
    main()
