"""The keys of JSON that the commands write, as they are and as docs/json.md describes them."""

from __future__ import annotations

import re
from typing import Any

from tests.conftest import ROOT


def keys_of(value: Any, path: str = "") -> set[str]:
    """Return the path of every key: `files[].size_bytes`; those of data are not told apart."""
    if isinstance(value, dict):
        return {
            each
            for key, inner in value.items()
            for place in [f"{path}.{key}" if path else key]
            for each in {place} | keys_of(inner, place)
        }
    if isinstance(value, list):
        return {each for inner in value for each in keys_of(inner, f"{path}[]")}
    return set()


def described_keys(heading: str) -> set[str]:
    """Return the keys in the tables below a heading of docs/json.md."""
    text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    below = re.search(rf"^## `{heading}[^\n]*\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S)
    assert below, heading
    return set(re.findall(r"^\| `([^`]+)` \|", below[1], flags=re.M))
