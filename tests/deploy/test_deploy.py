"""What `deploy/` promises: nobody's own rights, nothing to write to, and commands that exist."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from pipeline.cli import cli
from tests.conftest import ROOT
from tests.copied_project import copy_project, train_small

DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
# Beside what Python keeps of the modules that it compiled.
FILES = [path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix != ".pyc"]
UNITS = sorted((DEPLOY / "systemd").iterdir())


def _documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text()))


def _pods() -> Iterator[dict[str, Any]]:
    (job,) = _documents("kubernetes/run.yaml")
    deployment, _ = _documents("kubernetes/serve.yaml")
    yield job["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    yield deployment["spec"]["template"]["spec"]


def _commands() -> Iterator[list[str]]:
    """Every command line of ours that some file of the folder starts."""
    for pod in _pods():
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            yield container["args"]
    for service in _documents("compose.yaml")[0]["services"].values():
        if service["image"] == "customer-segments":
            yield service["command"]
    for text in [*(unit.read_text() for unit in UNITS), (DEPLOY / "crontab").read_text()]:
        for found in re.findall(r"run_pipeline\.py ([^\n&]+)", text):
            yield shlex.split(found)
    yield re.findall(r'"([^"]+)"', CONTAINERFILE.rpartition("CMD ")[2])


@pytest.mark.parametrize("arguments", list(_commands()), ids=" ".join)
def test_commands_and_their_options_exist(arguments: list[str]) -> None:
    command: click.Command = cli
    context = click.Context(cli)
    rest = arguments
    while isinstance(command, click.Group):
        name = rest[0]
        found = command.get_command(context, name)
        assert found is not None, name
        command, rest = found, rest[1:]
    command.make_context(command.name, list(rest), parent=context)


def test_pods_run_as_nobody_on_a_root_that_cannot_be_written() -> None:
    for pod in _pods():
        assert pod["securityContext"]["runAsNonRoot"] is True
        assert pod["automountServiceAccountToken"] is False
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            locked = container["securityContext"]
            assert locked["readOnlyRootFilesystem"] is True
            assert locked["allowPrivilegeEscalation"] is False
            assert locked["capabilities"] == {"drop": ["ALL"]}
            assert {mount["mountPath"] for mount in container["volumeMounts"]} == {"/data", "/tmp"}
            assert "memory" in container["resources"]["limits"]


def test_two_runs_never_meet_and_the_service_is_watched() -> None:
    (job,) = _documents("kubernetes/run.yaml")
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    assert job["spec"]["jobTemplate"]["spec"]["backoffLimit"] == 0
    _, serving = _pods()
    for probe in ("readinessProbe", "livenessProbe"):
        assert serving["containers"][0][probe]["httpGet"]["path"] == "/health"


def test_containers_of_compose_are_locked_too() -> None:
    services = _documents("compose.yaml")[0]["services"]
    assert services.keys() == {"run", "load", "serve", "postgres"}
    for service in services.values():
        if service["image"] == "customer-segments":
            assert (service["user"], service["read_only"]) == ("10001:10001", True)
            assert service["cap_drop"] == ["ALL"]
    assert services["serve"]["ports"] == ["127.0.0.1:8321:8321"]


def test_the_image_has_locked_packages_and_no_root() -> None:
    packages, final = re.split(r"^FROM \$\{BASE\}$", CONTAINERFILE, flags=re.MULTILINE)
    assert "--require-hashes" in packages
    for name in ("requirements.lock", "requirements-serve.lock"):
        assert f"--requirement /build/{name}" in packages
    user = re.findall(r"^USER (\S+)$", final, flags=re.MULTILINE)
    assert user == ["10001:10001"]
    assert "HEALTHCHECK" in final
    assert "pip install" not in final


def test_the_image_leaves_out_only_what_tests_and_linters_import() -> None:
    (heading,) = re.findall(r"sed '1,/\^(# [^/]+)/d' /build/requirements.in", CONTAINERFILE)
    _, _, rest = (ROOT / "requirements.in").read_text().partition(f"{heading}\n")
    names = {name.replace("-", "_") for name in rest.split()}
    assert {"pytest", "mypy", "ruff"} <= names
    imports = re.compile(rf"^\s*(?:import|from) (?:{'|'.join(names)})\b", re.MULTILINE)
    for folder in ("pipeline", "ml", "dbt_project"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not imports.search(path.read_text()), path


def test_what_the_image_copies_is_there_and_let_through() -> None:
    allowed = {
        line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = set()
    for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, flags=re.MULTILINE):
        copied |= set(line.split()[:-1])
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_no_secret_stands_in_a_command_or_a_file() -> None:
    for path in FILES:
        text = path.read_text()
        assert not re.search(r"(?i)(password|token):\s*[\"'][^\"']+[\"']", text), path
        assert not re.search(r"postgresql://\w+:[^@\s]+@", text), path


def test_units_are_what_systemd_understands(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")
    for unit in UNITS:
        # The interpreter that it names is on the machine where it is installed.
        text = re.sub(r"/opt/segments/\.venv/bin/python", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(text.replace("User=segments", "User=root"))
    finished = subprocess.run(
        [program, "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in finished.stderr.splitlines() if "customer-segments" in line]
    assert (finished.returncode, said) == (0, [])


@pytest.mark.long
def test_a_project_that_cannot_be_written_is_enough(tmp_path: Path) -> None:
    """As in the image: whatever is written is beside the warehouse, or temporary."""
    project, data = tmp_path / "segments", tmp_path / "data"
    train_small(copy_project(project))
    lock = f"mount --bind {project} {project} && mount -o remount,ro,bind {project}"
    own_mounts = ["unshare", "--mount", "--map-root-user", "sh", "-c"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*own_mounts, lock], check=False).returncode
    ):
        pytest.skip("this machine lets nobody have mounts of their own")
    demo = shlex.join(
        [sys.executable, "run_pipeline.py", "demo", "--users", "500", "--quiet",
         "--warehouse", str(data / "demo.duckdb"), "--reports", str(data / "reports")]
    )  # fmt: skip
    finished = subprocess.run(
        [*own_mounts, f"{lock} && cd {project} && ! touch x 2>/dev/null && exec {demo}"],
        env={**os.environ, "HOME": "/nonexistent", "MPLCONFIGDIR": str(tmp_path / "matplotlib")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    assert (data / "demo_marts.duckdb").exists()


def test_a_page_names_every_file_of_the_folder() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    for path in FILES:
        assert path.name in page, path
