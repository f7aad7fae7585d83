"""The group `privacy`: what people, and those who answer for their data, may ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pipeline.runtime.progress import Reporter
from pipeline.runtime.settings import RunSettings

_PEOPLE = (
    click.argument("ids", nargs=-1, metavar="[ID]..."),
    click.option(
        "--file",
        "id_file",
        type=click.Path(path_type=Path),
        help="A list of ids, one a line. As the only ID, `-` reads ids from the standard input.",
    ),
)


def _with_people(command: Callable) -> Callable:
    for option in reversed(_PEOPLE):
        command = option(command)
    return command


def privacy_commands(
    with_common_options: Callable[[Callable], Callable],
    settings: Callable[[dict[str, Any]], tuple[RunSettings, Reporter]],
) -> click.Group:
    """Return the group, whose commands take the options that all commands take."""

    @click.group()
    def privacy() -> None:
        """Rights of the people in the data, see docs/privacy.md."""

    @privacy.command()
    @_with_people
    @with_common_options
    @click.option("--rewrite-raw", is_flag=True, help="Take them out of the raw files, too.")
    def forget(
        ids: tuple[str, ...], id_file: Path | None, rewrite_raw: bool, **options: Any
    ) -> None:
        """Erase people everywhere, and keep them away when files are read again."""
        from pipeline.commands.privacy import forget as forget_people

        forget_people(*settings(options), ids, id_file=id_file, rewrites_raw_files=rewrite_raw)

    @privacy.command("object")
    @_with_people
    @with_common_options
    @click.option("--withdraw", is_flag=True, help="They no longer object.")
    def object_(ids: tuple[str, ...], id_file: Path | None, withdraw: bool, **options: Any) -> None:
        """Never segment people again, until they withdraw."""
        from pipeline.commands.privacy import object_ as note_objection

        note_objection(*settings(options), ids, id_file=id_file, withdraws=withdraw)

    @privacy.command("export")
    @click.argument("person", metavar="ID")
    @with_common_options
    def export(person: str, **options: Any) -> None:
        """Write all that is held about one person, as JSON and as a page; `-` reads the id."""
        from pipeline.commands.privacy_papers import export as write_answer

        write_answer(*settings(options), [person])

    @privacy.command("rotate-key")
    @with_common_options
    def rotate_key(**options: Any) -> None:
        """Replace all pseudonyms by those of a new key, the last line of AMAZING_KEY."""
        from pipeline.commands.privacy import rotate_key as rotate

        rotate(*settings(options))

    @privacy.command()
    @with_common_options
    def record(**options: Any) -> None:
        """Write the record of processing, from settings and warehouse as they are."""
        from pipeline.commands.privacy_papers import record as write_record

        write_record(*settings(options))

    return privacy
