"""Kinds of options and groups that several commands share."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from pipeline.runtime.memory import check_limit
from pipeline.runtime.remote_folder import is_remote
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


class DataFolder(click.ParamType):
    """A folder, or a place such as `s3a://bucket/folder`."""

    name = "path"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,  # noqa: ARG002 - click calls it so
        ctx: click.Context | None,  # noqa: ARG002
    ) -> Path | str:
        """Return an absolute path, which counts from where the user is; the place as it is."""
        if is_remote(str(value)):
            return str(value)
        return Path(value).expanduser().absolute()


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


class Share(click.ParamType):
    """A part of a whole such as `10%`, in ten-thousandths."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the ten-thousandths, more than none and less than all."""
        if isinstance(value, int):
            return value
        number, sign = value.strip().removesuffix("%"), value.strip().endswith("%")
        try:
            found = round(float(number) * (100 if sign else 10_000))
        except (ValueError, OverflowError):
            found = 0
        if not 0 < found < 10_000:
            self.fail(f"{value!r} is no share between 0 and 100 %: write it like 10%.", param, ctx)
        return found


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
            self.fail(f"{value!r} is not a date: write it like 2020-01-31.", param, ctx)
