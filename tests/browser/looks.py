"""Every look of a page, and what the rules of accessible pages say of each.

A page is opened once: light and width change while it is open, as they do on a reader's screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LOOKS = [(scheme, width) for scheme in ("light", "dark") for width in (360, 768, 1280)]
# What light and width can change; all other rules hold in every look, or in none. They are asked
# once on a phone and once on a screen.
_OF_THE_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]
_WHOLE = {("light", 360), ("light", 1280)}
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
_AXE = Axe()


@dataclass(frozen=True)
class Look:
    """A page by day or by night, so wide."""

    page: Page
    scheme: str
    width: int

    def faults(self) -> list[str]:
        """Return what the rules do not allow, with the element."""
        options: dict[str, Any] = {"resultTypes": ["violations"]}
        if (self.scheme, self.width) not in _WHOLE:
            options["runOnly"] = {"type": "rule", "values": _OF_THE_LOOK}
        found = _AXE.run(self.page, options=options).response["violations"]
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def looks(page: Page) -> Iterator[Look]:
    """Give every look of an open page, one after the other."""
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 800})
        yield Look(page, scheme, width)


def faults_of(page: Page) -> dict[tuple[str, int], list[str]]:
    """Return what is wrong with an open page, by the look; empty where nothing is.

    Nothing may be wider than the screen: what is wide scrolls by itself.
    """
    page.evaluate(OPEN_ALL)
    found = {}
    for look in looks(page):
        faults = look.faults()
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > look.width:
            faults.append(f"is {needed} pixels wide")
        if faults:
            found[look.scheme, look.width] = faults
    return found
