"""The keys of JSON that the commands write, as they are and as docs/json.md describes them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from tests.conftest import ROOT


def keys_of(value: Any, path: str = "", maps: Collection[str] = ()) -> set[str]:
    """Return the path of every key: `files[].size_bytes`.

    Keys that depend on the data, of objects in `maps`, are `*`. Distributions are not looked into.
    """
    if isinstance(value, dict) and "standard_deviation" not in value:
        found = set()
        for key, inner in value.items():
            name = "*" if path in maps else key
            place = f"{path}.{name}" if path else name
            found |= {place} | keys_of(inner, place, maps)
        return found
    if isinstance(value, list):
        return {each for inner in value for each in keys_of(inner, f"{path}[]", maps)}
    return set()


def described_keys(heading: str) -> set[str]:
    """Return the keys in the table below a heading of docs/json.md."""
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    below = re.search(rf"^## `{heading}[^\n]*\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S)
    assert below, heading
    return set(re.findall(r"^\| `([^`]+)` \|", below[1], flags=re.M))


def described_maps(heading: str) -> set[str]:
    """Return the objects whose keys depend on the data."""
    return {key.removesuffix(".*") for key in described_keys(heading) if key.endswith(".*")}
