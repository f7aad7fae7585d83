"""Settings for files of another shop, guessed from their headers and first lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from pipeline.ingest.contents import open_content
from pipeline.ingest.discovery import InputFile
from pipeline.ingest.headers import DELIMITERS, canonical_name
from pipeline.ingest.reading_settings import OPTIONAL_COLUMNS
from pipeline.runtime.errors import InputError

_MOST_LINES = 500
_MOST_BYTES = 1 << 20
# More different values than this are no kinds of events.
_MOST_TYPES = 40
# Pieces of names, the most telling first; of two columns, the one whose piece comes first is taken.
_NAMES = {
    "event_time": ("event_time", "timestamp", "datetime", "created", "invoicedate", "date", "time"),
    "event_type": ("event_type", "event_name", "event", "action", "behavior", "behaviour", "type"),
    "user_id": ("user_id", "userid", "customer", "visitor", "client", "member", "household",
                "email", "user", "shopper", "kunde"),
    "product_id": ("product_id", "productid", "itemid", "item_id", "stockcode", "sku", "article",
                   "product", "item", "asin", "artikel"),
    "price": ("unit_price", "unitprice", "price", "preis", "sales_value", "amount", "revenue",
              "value", "total"),
    "quantity": ("quantity", "qty", "pieces", "units", "menge"),
    "user_session": ("session", "basket", "invoice", "order_id", "orderid", "order", "transaction"),
    "category_id": ("category_id", "categoryid"),
    "category_code": ("category", "department", "kategorie"),
    "brand": ("brand", "vendor", "manufacturer", "marke"),
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*")
_EPOCH = re.compile(r"\d{9,17}(\.0+)?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}( .*)?")
_YEAR_FIRST = re.compile(r"\d{4}[-/]?\d\d[-/]?\d\d")


@dataclass(frozen=True)
class Head:
    """The names of the columns of a file, and some values of each."""

    names: tuple[str, ...]
    values: Mapping[str, Sequence[str]]
    delimiter: str


def read_head(file: InputFile) -> Head:
    """Read the header and the first lines of a text file, whatever its columns are called.

    Raises
    ------
    InputError
        The file cannot be read, or its first line is no header.
    """
    with open_content(file) as content:
        text = content.reader.read(_MOST_BYTES).decode("utf-8-sig", "replace")
    first = text.partition("\n")[0]
    delimiter = max((*DELIMITERS, "|"), key=first.count)
    rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), _MOST_LINES))
    names = tuple(canonical_name(name) for name in rows[0]) if rows else ()
    if len(names) < 3 or any(_NUMBER.fullmatch(name) for name in names):
        raise InputError(f"{file.source_file} has no header: add one as its first line.")
    whole = [row for row in rows[1:] if len(row) == len(names)]
    columns = {name: [row[place].strip() for row in whole] for place, name in enumerate(names)}
    return Head(names, columns, delimiter)


def propose(head: Head, likely_types: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return settings under which such a file could be read, as far as they can be guessed.

    Examples
    --------
    >>> values = {"when": ["1433221332117"], "visitorid": ["7"], "itemid": ["1"], "price": ["2.5"]}
    >>> proposed = propose(Head(tuple(values), values, ","), {})
    >>> proposed["columns"], proposed["time_format"]
    ({'user_id': 'visitorid', 'product_id': 'itemid', 'event_time': 'when'}, 'epoch')
    """
    found = _found_columns(head)
    settings: dict[str, Any] = {
        "columns": {ours: theirs for ours, theirs in found.items() if ours != theirs},
    }
    missing = [column for column in OPTIONAL_COLUMNS if column not in found]
    settings |= _types(head, found, missing, likely_types)
    if missing:
        settings["optional_columns"] = missing
    if "event_time" in found:
        settings["time_format"] = _time_format(head.values[found["event_time"]])
    if "quantity" in found:
        settings["columns"]["quantity"] = found["quantity"]
        settings["price_is"] = "line" if _is_total(found.get("price", "")) else "unit"
    if head.delimiter not in DELIMITERS:
        settings["delimiter"] = head.delimiter
    return settings


def as_yaml(settings: Mapping[str, Any], missing: Sequence[str] = ()) -> str:
    """Return settings as lines of YAML, with a remark on what could not be guessed."""
    lines = yaml.safe_dump(dict(settings), sort_keys=False, allow_unicode=True, width=100)
    remarks = [f"# Not found: {', '.join(missing)}. Add what it is called to columns.\n"]
    return "".join(remarks if missing else []) + lines


def not_found(settings: Mapping[str, Any], head: Head) -> list[str]:
    """Return the columns that are needed and could not be guessed."""
    named = {*settings["columns"], *head.names}
    needed = ["event_time", "user_id", "product_id", "price"]
    return [column for column in needed if column not in named]


def _found_columns(head: Head) -> dict[str, str]:
    found: dict[str, str] = {}
    for ours, pieces in _NAMES.items():
        fits = _VALUES.get(ours, lambda _: True)
        candidates = [
            (_rank(name, pieces), name)
            for name in head.names
            if name not in found.values() and _rank(name, pieces) is not None
        ]
        right = [entry for entry in sorted(candidates) if fits(head.values[entry[1]])]
        found |= {ours: right[0][1]} if right else {}
    if "event_time" not in found:
        others = [name for name in head.names if name not in found.values()]
        times = [name for name in others if _are_times(head.values[name])]
        found |= {"event_time": times[0]} if times else {}
    return found


def _rank(name: str, pieces: Sequence[str]) -> tuple[int, int] | None:
    plain = re.sub(r"[^\w]", "_", name)
    places = [place for place, piece in enumerate(pieces) if piece in plain]
    return (min(places), len(name)) if places else None


def _most(values: Sequence[str], is_right: Callable[[str], object]) -> bool:
    filled = [value for value in values if value]
    return bool(filled) and sum(bool(is_right(value)) for value in filled) > 0.8 * len(filled)


def _are_times(values: Sequence[str]) -> bool:
    return any(_most(values, form.fullmatch) for form in (_ISO, _EPOCH, _DAY, _YEAR_FIRST))


def _are_numbers(values: Sequence[str]) -> bool:
    return _most(values, _NUMBER.fullmatch)


def _are_kinds(values: Sequence[str]) -> bool:
    kinds = {value.lower() for value in values if value}
    return 0 < len(kinds) <= _MOST_TYPES and not _are_numbers(values)


_VALUES = {
    "event_time": _are_times,
    "event_type": _are_kinds,
    "price": _are_numbers,
    "quantity": _are_numbers,
    "category_id": _are_numbers,
}


def _types(
    head: Head, found: Mapping[str, str], missing: list[str], likely: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what the texts of the event type mean; without such a column, all are purchases."""
    if "event_type" not in found:
        missing.append("event_type")
        return {"every_event_is": "purchase"}
    texts = sorted({text.lower() for text in head.values[found["event_type"]] if text})
    meant = {text: _likely_type(text, likely) for text in texts if text not in likely}
    return {
        "event_type_names": {text: ours for text, ours in meant.items() if ours},
        "ignored_event_types": [text for text, ours in meant.items() if not ours],
    }


def _likely_type(text: str, likely: Mapping[str, Sequence[str]]) -> str | None:
    letters = re.sub(r"[^a-z]", "", text)
    names = {name: ours for ours, others in likely.items() for name in others}
    names |= {ours.replace("_", ""): ours for ours in likely}
    return names.get(letters)


def _time_format(values: Sequence[str]) -> str:
    if _most(values, _EPOCH.fullmatch):
        return "epoch"
    days = [match for value in values if (match := _DAY.fullmatch(value))]
    if days:
        is_month_first = any(int(match[2]) > 12 for match in days)
        return "mm/dd/yyyy" if is_month_first else "dd/mm/yyyy"
    return "yyyy-mm-dd" if _most(values, _YEAR_FIRST.fullmatch) else "iso"


def _is_total(name: str) -> bool:
    return any(piece in name for piece in ("amount", "revenue", "total", "sales"))


def preset_for(head: Head, presets: Mapping[Path, Mapping[str, Any]]) -> Path | None:
    """Return the preset whose column names the file has, where there is one."""
    for path, variables in presets.items():
        given = variables.get("columns") or {}
        names = [given_names if isinstance(given_names, list) else [given_names]
                 for given_names in given.values()]  # fmt: skip
        if len(names) > 2 and all(
            any(canonical_name(str(name)) in head.names for name in some) for some in names
        ):
            return path
    return None
