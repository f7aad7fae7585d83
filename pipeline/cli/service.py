"""The options of `serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pipeline.cli.exports import with_reading_options
from pipeline.runtime.progress import reporter


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8321, show_default=True)
@click.option(
    "--token-file",
    type=click.Path(path_type=Path),
    help="A file with the token, for its owner alone.  [default: $AMAZING_TOKEN, else one is made]",
)
@click.option(
    "--rate", default="200/second", show_default=True, help="Requests of one address, at the most."
)
@with_reading_options
def serve(**options: Any) -> None:
    """Answer by HTTP: look up customers, list segments, score events."""
    from pipeline.commands.serve import Listening
    from pipeline.commands.serve import serve as serve_publication

    token_file = options["token_file"]
    serve_publication(
        options["warehouse"].expanduser().absolute(),
        Listening(
            options["host"],
            options["port"],
            token_file and token_file.expanduser().absolute(),
            options["rate"],
        ),
        reporter(quiet=options["quiet"]),
    )
