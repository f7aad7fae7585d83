"""Opening a file for whoever sits in front of the screen, where there is one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import click

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")


def has_desktop(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Tell whether there is a desktop to open a file on.

    Examples
    --------
    >>> has_desktop({}, "linux"), has_desktop({"DISPLAY": ":0"}, "linux"), has_desktop({}, "darwin")
    (False, True, True)
    >>> has_desktop({"SSH_CONNECTION": "10.0.0.1 22"}, "darwin")
    False
    """
    if platform in ("darwin", "win32", "cygwin"):
        return "SSH_CONNECTION" not in environment
    return any(environment.get(name) for name in _SCREENS)


def open_on_desktop(path: Path) -> bool:
    """Open a file with the program that its owner prefers; tell whether that could be tried."""
    return has_desktop() and click.launch(str(path)) == 0
