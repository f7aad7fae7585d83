"""The pictures of the README: the report of the demo as Chromium shows it.

    python -m benchmarks.screenshots reports/demo/report.html docs/images

Debian's package `chromium` is driven by Playwright; nothing is fetched.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright


@dataclass(frozen=True)
class Shot:
    """One picture: where in the page, how wide and high the window, by day or by night."""

    name: str
    aim: str = ""
    width: int = 1280
    height: int = 900
    is_dark: bool = False


SHOTS = (
    Shot("report"),
    Shot("report_segment", aim="#segment-0", height=1000),
    Shot("report_time", aim="#chapter_time"),
    Shot("report_dark", aim="#chapter_segments", is_dark=True),
    Shot("report_phone", width=360, height=780),
)


def take(browser: Browser, report: Path, folder: Path, shot: Shot) -> Path:
    """Write one picture of a report, and return where it lies."""
    target = folder / f"{shot.name}.png"
    scheme = "dark" if shot.is_dark else "light"
    size = {"width": shot.width, "height": shot.height}
    with browser.new_page(viewport=size, color_scheme=scheme) as page:
        page.goto(report.resolve().as_uri() + shot.aim)
        page.screenshot(path=target)
    return target


def main(report: Path, folder: Path) -> None:
    """Take all pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no `chromium` here: install Debian's package first.")
    if not report.is_file():
        sys.exit(f"There is no {report}: run `make demo` first.")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"]) as browser,
    ):
        for shot in SHOTS:
            print(take(browser, report, folder, shot))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
