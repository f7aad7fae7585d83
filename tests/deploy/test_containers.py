"""The image, the compose file and the manifests, really started: on podman, where there is one.

The first time the packages are fetched, which takes minutes: until `podman build` of
docs/operations.md has kept that layer, these tests skip. `AMAZING_BUILD_OPTIONS` has what the build
needs on a machine of its own kind, such as `--network host`.
"""

from __future__ import annotations

import base64
import json
import os
import shlex
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from pipeline.demo_store import write_demo_store
from tests.conftest import ROOT
from tests.deploy.containers import Containers, usable_containers

pytestmark = pytest.mark.long

DEPLOY = ROOT / "deploy"
IMAGE = "localhost/customer-segments"
TOKEN, PASSWORD = "a-token-for-the-tests", "a-password-for-the-tests"
LOCKED = ("--read-only", "--tmpfs", "/tmp", "--cap-drop", "all", "--security-opt",
          "no-new-privileges")  # fmt: skip
_SECONDS_FOR_PACKAGES = 60
_PYTHON = "/opt/venv/bin/python"
_ASK = """
import sys, urllib.request
path, token = sys.argv[1:]
asked = urllib.request.Request(
    "http://127.0.0.1:8321" + path, headers={"Authorization": "Bearer " + token}
)
print(urllib.request.urlopen(asked, timeout=30).read().decode())
"""


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Containers:
    """A podman that starts containers here."""
    return usable_containers(tmp_path_factory.mktemp("podman"))


@pytest.fixture(scope="module")
def image(containers: Containers) -> str:
    """The image, built from the Containerfile as it is."""
    build = (
        "podman", "build", "--format", "docker", "--file", DEPLOY / "Containerfile",
        "--build-arg", f"BASE={containers.base}",
        *shlex.split(os.environ.get("AMAZING_BUILD_OPTIONS", "")),
    )  # fmt: skip
    packages = containers.run(
        "timeout", str(_SECONDS_FOR_PACKAGES), *build, "--target", "packages", ROOT
    )
    if packages.returncode:
        assert "DO NOT MATCH THE HASHES" not in packages.stderr
        pytest.skip(f"the packages are not fetched yet: {packages.stderr.strip()[-200:]}")
    built = containers.run(*build, "--tag", IMAGE, ROOT)
    assert built.returncode == 0, built.stderr[-2_000:]
    return IMAGE


@pytest.fixture(scope="module")
def data(
    containers: Containers, image: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Files of a small store, and what `run` made of them in the container."""
    folder = tmp_path_factory.mktemp("data")
    write_demo_store(folder / "datasets", planted_types_file=folder / "types.csv", user_count=300)
    _give_to(containers, folder, "10001:10001")
    finished = containers.run(
        "podman", "run", "--rm", *LOCKED, "--network", "none", "--no-healthcheck",
        "--volume", f"{folder}:/data", image,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr[-2_000:]
    yield folder
    _give_to(containers, folder, "0:0")


def _give_to(containers: Containers, folder: Path, owner: str) -> None:
    given = containers.run(
        "podman", "run", "--rm", "--network", "none", "--volume", f"{folder}:/data",
        containers.base, "chown", "--recursive", owner, "/data",
    )  # fmt: skip
    assert given.returncode == 0, given.stderr


def _ask(containers: Containers, name: str, path: str) -> Any:
    """Return an answer of the service in a container, as soon as it gives any."""
    while True:
        asked = containers.run("podman", "exec", name, _PYTHON, "-c", _ASK, path, TOKEN)
        if asked.returncode == 0:
            return json.loads(asked.stdout)
        running = containers.run("podman", "inspect", "--format", "{{.State.Running}}", name)
        logs = containers.run("podman", "logs", name)
        assert running.stdout.strip() == "true", logs.stderr + asked.stderr
        assert "refused" in asked.stderr or "timed out" in asked.stderr, asked.stderr
        time.sleep(0.5)


def _customer(data: Path) -> str:
    path = data / "warehouse" / "amazing_marts.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        query = "select customer_id from marts.customers limit 1"
        return str(connection.execute(query).fetchall()[0][0])


def _must_not_write(containers: Containers, name: str) -> None:
    who = containers.run("podman", "exec", name, "id", "-u")
    assert who.stdout.strip() == "10001"
    for place in ("/x", "/opt/segments/x", "/data/x"):
        assert containers.run("podman", "exec", name, "touch", place).returncode != 0, place


def test_nothing_of_the_build_is_in_the_image(containers: Containers, image: str) -> None:
    listed = containers.run(
        "podman", "run", "--rm", *LOCKED, "--network", "none", "--entrypoint", "/bin/sh", image,
        "-c", "ls /etc/pip.conf /build /opt/venv/lib/python3*/site-packages",
    ).stdout.split()  # fmt: skip
    assert "duckdb" in listed
    assert not {"pip", "pytest", "mypy", "playwright", "/etc/pip.conf"} & set(listed)


def test_the_service_starts_locked_and_is_healthy(
    containers: Containers, image: str, data: Path
) -> None:
    name = "segments-test-serve"
    started = containers.run(
        "podman", "run", "--detach", "--name", name, *LOCKED, "--network", "none",
        "--volume", f"{data}:/data:ro", "--env", f"AMAZING_TOKEN={TOKEN}", image,
        "serve", "--host", "0.0.0.0", "--warehouse", "/data/warehouse/amazing.duckdb",
    )  # fmt: skip
    try:
        assert started.returncode == 0, started.stderr
        assert _ask(containers, name, "/health")["customer_count"] == 300
        assert _ask(containers, name, f"/customers/{_customer(data)}")["lifecycle_state"]
        health = containers.run("podman", "healthcheck", "run", name)
        assert health.returncode == 0, health.stderr
        _must_not_write(containers, name)
        stopped = containers.run("podman", "stop", "--time", "30", name)
        assert stopped.returncode == 0, stopped.stderr
        code = containers.run("podman", "inspect", "--format", "{{.State.ExitCode}}", name)
        assert code.stdout.strip() == "0"
    finally:
        containers.run("podman", "rm", "--force", "--time", "1", name)


@pytest.fixture(scope="module")
def stack(
    containers: Containers, image: str, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, ...]]:
    """The compose file with PostgreSQL and the service up; give the command that speaks to it."""
    if shutil.which("podman-compose") is None:
        pytest.skip("podman-compose is not installed (Debian: podman-compose)")
    folder = tmp_path_factory.mktemp("stack") / "deploy"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = (DEPLOY / "compose.yaml").read_text()
    (folder / "compose.yaml").write_text(
        text.replace("127.0.0.1:8321:", f"127.0.0.1:{port}:").replace("../data:", f"{data}:")
    )
    (folder / "secrets.env").write_text(
        f"AMAZING_TOKEN={TOKEN}\nPGPASSWORD={PASSWORD}\nPOSTGRES_PASSWORD={PASSWORD}\n"
    )
    compose = (
        "env", f"POSTGRES_IMAGE={_postgres_image(containers)}", "podman-compose",
        "--project-name", "segments-test", "--file", str(folder / "compose.yaml"),
    )  # fmt: skip
    try:
        up = containers.run(*compose, "up", "--detach", "--no-build", "postgres", "serve")
        assert "segments-test_serve_1" in containers.run("podman", "ps", "--all").stdout, up.stderr
        yield compose
    finally:
        containers.run(*compose, "down", "--volumes", "--timeout", "1")


def _postgres_image(containers: Containers) -> str:
    """Return the official image where it is, else one of Debian's package with its variables."""
    official, own = "docker.io/library/postgres:15", "localhost/segments-test-postgres"
    if containers.has(official):
        return official
    built = containers.run(
        "timeout", str(_SECONDS_FOR_PACKAGES), "podman", "build", "--format", "docker",
        "--network", "host", "--build-arg", f"BASE={containers.base}", "--tag", own,
        ROOT / "tests" / "deploy" / "postgres",
    )  # fmt: skip
    if built.returncode:
        pytest.skip(f"there is no image of PostgreSQL: {built.stderr.strip()[-200:]}")
    return own


def _loaded(containers: Containers) -> int:
    """Return how many labels PostgreSQL has."""
    found = containers.run(
        "podman", "exec", "--env", f"PGPASSWORD={PASSWORD}", "segments-test_postgres_1", "psql",
        "--host", "127.0.0.1", "--username", "loader", "--dbname", "shop", "--tuples-only",
        "--command", "select count(*) from amazing.user_segments",
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    return int(found.stdout)


def test_compose_serves_and_loads_postgres(
    containers: Containers, data: Path, stack: tuple[str, ...]
) -> None:
    assert _ask(containers, "segments-test_serve_1", "/health")["customer_count"] == 300
    _must_not_write(containers, "segments-test_serve_1")
    loaded = containers.run(*stack, "run", "--rm", "--no-deps", "-T", "load")
    assert _loaded(containers) == 300, loaded.stderr


def _secret(containers: Containers, name: str, **values: str) -> None:
    """Make a secret as podman 4 reads it; `kubectl create secret generic` does it on a cluster."""
    text = json.dumps({key: base64.b64encode(one.encode()).decode() for key, one in values.items()})
    containers.run("podman", "secret", "rm", name)
    made = containers.run("podman", "secret", "create", name, "-", input=text)
    assert made.returncode == 0, made.stderr


@pytest.fixture
def volume(containers: Containers, data: Path) -> Iterator[str]:
    """The claim of data.yaml, with the store in it."""
    name = yaml.safe_load((DEPLOY / "kubernetes" / "data.yaml").read_text())["metadata"]["name"]
    if containers.run("podman", "volume", "exists", name).returncode == 0:
        pytest.skip(f"there is a volume {name} that is not of this test")
    played = containers.run("podman", "play", "kube", DEPLOY / "kubernetes" / "data.yaml")
    assert played.returncode == 0, played.stderr
    try:
        copied = containers.run(
            "podman", "run", "--rm", "--network", "none", "--volume", f"{data}:/from",
            "--volume", f"{name}:/to", containers.base, "sh", "-c",
            "cp --archive /from/. /to && chown 10001:10001 /to",
        )  # fmt: skip
        assert copied.returncode == 0, copied.stderr
        yield name
    finally:
        containers.run("podman", "volume", "rm", "--force", name)


def _played(containers: Containers, folder: Path, pod: dict[str, Any], network: str) -> Path:
    path = folder / f"{pod['metadata']['name']}.yaml"
    path.write_text(yaml.safe_dump(pod))
    played = containers.run("podman", "play", "kube", "--network", network, path)
    assert played.returncode == 0, played.stderr
    return path


def test_the_manifests_start_as_pods(
    containers: Containers, stack: tuple[str, ...], volume: str, tmp_path: Path
) -> None:
    """The Deployment, and what the CronJob would start, which podman does not know itself."""
    network = "segments-test_default"
    _secret(containers, "segments-token", token=TOKEN)
    _secret(containers, "segments-postgres", password=PASSWORD)
    deployment, _ = yaml.safe_load_all((DEPLOY / "kubernetes" / "serve.yaml").read_text())
    # Podman opens a port of a container on the machine, where something else may have it, and asks
    # port 0 where a probe names one.
    (serve,) = deployment["spec"]["template"]["spec"]["containers"]
    for part in ("ports", "readinessProbe", "livenessProbe"):
        del serve[part]
    job = yaml.safe_load((DEPLOY / "kubernetes" / "run.yaml").read_text())
    template = job["spec"]["jobTemplate"]["spec"]["template"]
    pod = {
        "apiVersion": "v1", "kind": "Pod", "spec": template["spec"],
        "metadata": {"name": "segments-test-run", **template["metadata"]},
    }  # fmt: skip
    played = []
    try:
        played.append(_played(containers, tmp_path, deployment, network))
        serving = f"{deployment['metadata']['name']}-pod-0-serve"
        assert _ask(containers, serving, "/health")["customer_count"] == 300
        _must_not_write(containers, serving)
        played.append(_played(containers, tmp_path, pod, network))
        ended = containers.run("podman", "wait", "segments-test-run-load")
        logs = containers.run("podman", "logs", "segments-test-run-load")
        assert ended.stdout.strip() == "0", logs.stderr
        assert _loaded(containers) == 300
    finally:
        for path in played:
            containers.run("podman", "play", "kube", "--down", path)
        containers.run("podman", "secret", "rm", "segments-token", "segments-postgres")
