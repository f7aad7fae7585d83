"""Podman on this machine, in whichever way it can start a container here; tests skip without."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

# Where the kernel's limits cannot be raised, or control groups are of both versions.
_MODEST = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[engine]
runtime = "runc"
[network]
network_backend = "netavark"
"""
#: Made as docs/operations.md says, where `AMAZING_BASE_IMAGE` names no other.
DEBIAN_BASE = "localhost/debian-python"


@dataclass(frozen=True)
class Containers:
    """A podman that starts containers of a base image."""

    base: str
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        """Run a command, such as `podman ps`, and return what it said."""
        return subprocess.run(
            [str(word) for word in words], text=True, check=False, capture_output=True,
            env={**os.environ, **self.environment}, **options,
        )  # fmt: skip

    def has(self, image: str) -> bool:
        """Tell whether an image is on this machine."""
        return self.run("podman", "image", "exists", image).returncode == 0


def usable_containers(folder: Path) -> Containers:
    """Return a podman that works, or skip the test and say what is missing."""
    if shutil.which("podman") is None:
        pytest.skip("podman is not installed (Debian: podman)")
    base = os.environ.get("AMAZING_BASE_IMAGE", DEBIAN_BASE)
    settings = folder / "containers.conf"
    settings.write_text(_MODEST)
    for environment in ({}, {"CONTAINERS_CONF": str(settings)}):
        containers = Containers(base, environment)
        if not containers.has(base):
            pytest.skip(f"there is no image {base}: docs/operations.md says how to make it")
        started = containers.run(
            "podman", "run", "--rm", "--network", "none", "--read-only", base, "true"
        )
        if started.returncode == 0:
            return containers
    pytest.skip(f"no container can be started here: {started.stderr.strip()[-200:]}")
