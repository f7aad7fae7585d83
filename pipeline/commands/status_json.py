"""What `status --json` prints: the overview of a warehouse for scripts; see docs/json.md."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from pipeline.reporting.segment_table import segment_lines
from pipeline.runtime.errors import InputError
from pipeline.runtime.project_settings import project_settings
from pipeline.runtime.settings import RunSettings
from pipeline.warehouse.overview import overview, together
from pipeline.warehouse.publication import open_published, published_path

#: Raised where a key is taken away or means something else; not where one is added.
SCHEMA_VERSION = 1


def print_json(settings: RunSettings) -> None:
    """Print what a warehouse holds as one JSON object; errors as in `show_status`."""
    print(json.dumps(status_data(settings), ensure_ascii=False, indent=2, default=_plain))


def status_data(settings: RunSettings) -> dict[str, Any]:
    """Return what `status --json` prints, as plain data."""
    found = overview(settings.warehouse)
    minimum = project_settings(overrides=settings.variables).min_group_size
    published = published_path(settings.warehouse)
    last_run = asdict(found.last_run) if found.last_run else None
    if last_run and 0 < last_run["user_count"] < minimum:
        last_run["user_count"] = None
    totals = asdict(together(found.files)) if found.files else None
    for key in ("source_file", "fingerprint"):
        (totals or {}).pop(key, None)
    return {
        "schema_version": SCHEMA_VERSION,
        "warehouse": str(settings.warehouse),
        "published": str(published) if published.exists() else None,
        "is_publication": found.is_publication,
        "last_run": last_run,
        "model": asdict(found.model) if found.model else None,
        "segments": _segments(settings, minimum),
        "totals": totals,
        "files": [asdict(file) for file in found.files],
    }


def _segments(settings: RunSettings, minimum: int) -> list[dict[str, Any]]:
    """Return the published segments; none where nothing was published that can be read."""
    try:
        with open_published(settings.warehouse) as connection:
            return [asdict(line) for line in segment_lines(connection, settings.language, minimum)]
    except InputError:
        return []


def _plain(value: object) -> str:
    """Write money as a text with its two decimals, times and dates as ISO 8601."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dt.datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
