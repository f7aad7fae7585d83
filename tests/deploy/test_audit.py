"""What `make audit` says of what it found, and of what it could not look at."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.audit import LOCKS, audit
from tests.conftest import ROOT

TOOLS = ROOT / ".venv-audit" / "bin"
CLEAN = {"dependencies": [{"name": "one", "version": "1", "vulns": []}]}
BAD = {"dependencies": [{"name": "one", "version": "1", "vulns": [{"id": "CVE-1"}]}]}
SKIPPED = {"dependencies": [{"name": "one", "skip_reason": "not found there"}]}


def _tools(folder: Path, answer: object, *, licences: int = 0, says: str = "") -> Path:
    """Write programs that answer as those of the tools do."""
    programs = {
        "cyclonedx-py": "import sys; open(sys.argv[-1], 'w').write('{}'); sys.exit(0)",
        "pip-licenses": f"import sys; print('GPL-3 of two'); sys.exit({licences})",
        "pip-audit": f"import sys; print({json.dumps(answer) if answer else ''!r});"
        f" sys.exit({says!r} or 0)",
    }
    for name, code in programs.items():
        (folder / name).write_text(f"#!{sys.executable}\n{code}\n")
        (folder / name).chmod(0o700)
    return folder


@pytest.mark.parametrize(
    ("answer", "options", "code", "line"),
    [
        (CLEAN, {}, 0, "Checked: known vulnerabilities of 1 packages of requirements.lock."),
        (BAD, {}, 1, "FOUND: CVE-1 in one 1 of requirements.lock."),
        (SKIPPED, {}, 3,
         "NOT CHECKED: known vulnerabilities of 1 packages of requirements.lock, the first of them"
         " one (not found there)."),
        (None, {"says": "ConnectionError: no route"}, 3,
         "NOT CHECKED: known vulnerabilities of requirements.lock (ConnectionError: no route)."),
        (CLEAN, {"licences": 1}, 1,
         "FOUND: licences of all that is installed: GPL-3 of two."),
    ],
)  # fmt: skip
def test_what_was_found_and_what_was_not_looked_at_are_said(
    tmp_path: Path, answer: object, options: dict, code: int, line: str
) -> None:
    bill = tmp_path / "target" / "bill.json"
    findings = audit(_tools(tmp_path, answer, **options), Path(sys.executable), bill)
    assert findings.code == code
    assert line in findings.lines()
    assert bill.is_file()
    # The bill and the licences are looked at, whatever the network does.
    assert any("bill of materials" in one for one in findings.checked)


def test_every_lock_is_looked_at_and_has_hashes() -> None:
    assert {f"{name}.lock" for name in LOCKS} == {path.name for path in ROOT.glob("*.lock")}
    for name in LOCKS:
        lines = (ROOT / f"{name}.lock").read_text().splitlines()
        packages = [line for line in lines if line and not line.startswith(("#", " "))]
        assert packages
        assert all(line.rstrip().endswith("\\") for line in packages)


@pytest.mark.long
@pytest.mark.skipif(not TOOLS.is_dir(), reason="`make audit` has not installed its tools")
def test_without_a_network_bill_and_licences_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    bill = tmp_path / "bill.json"
    findings = audit(TOOLS, Path(sys.executable), bill)
    assert findings.code == 3
    assert len(findings.unchecked) == len(LOCKS)
    assert len(findings.checked) == 2
    named = {component["name"] for component in json.loads(bill.read_text())["components"]}
    assert {"duckdb", "dbt-core", "scikit-learn"} <= named


def test_the_make_target_runs_it() -> None:
    recipe = subprocess.run(
        ["make", "--dry-run", "--assume-old=setup", "audit"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "deploy/audit.py .venv-audit/bin" in recipe
