"""Kinds of options and groups that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click

from pipeline.runtime.memory import check_limit
from pipeline.runtime.settings import parse_memory


class GroupWithDefault(click.Group):
    """`run_pipeline.py --quiet` means `run_pipeline.py run --quiet`, if `run` is the default."""

    def __init__(self, *arguments: Any, default: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command first where no command is named."""
        if not args or (args[0].startswith("-") and args[0] not in ("-h", "--help")):
            args = [self._default, *args]
        return super().parse_args(ctx, args)


class Memory(click.ParamType):
    """An amount of memory such as `8GB`."""

    name = "size"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - click calls it so
        ctx: click.Context | None,  # noqa: ARG002
    ) -> int:
        """Return the number of bytes."""
        return value if isinstance(value, int) else check_limit(parse_memory(value))


class Date(click.ParamType):
    """A day such as `2020-01-31`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007
        except ValueError:
            self.fail(f"{value!r} is no date: write it like 2020-01-31.", param, ctx)
