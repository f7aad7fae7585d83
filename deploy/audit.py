"""What `make audit` looks at: a bill of materials, licences, known vulnerabilities.

The first two need no network. The third asks a service on the internet; where it does not answer,
the last lines say what was not checked. Ends with 0 where all was checked and nothing found, with 1
where something was found, and with 3 where something could not be checked.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements", "requirements-serve", "requirements-spark", "requirements-audit")
# With conditions that the project cannot meet.
REFUSED = "Affero;GNU General Public License v3;GPL-3;SSPL;Commons Clause;Proprietary"


@dataclass
class Findings:
    """What was checked, what was found, and what could not be checked."""

    checked: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def code(self) -> int:
        """How the audit ends."""
        return 1 if self.found else 3 if self.unchecked else 0

    def lines(self) -> list[str]:
        """Return what there is to say, what matters most last."""
        return [
            *(f"Checked: {one}." for one in self.checked),
            *(f"NOT CHECKED: {one}." for one in self.unchecked),
            *(f"FOUND: {one}." for one in self.found),
        ]


def audit(tools: Path, python: Path, bill: Path) -> Findings:
    """Look at everything.

    Parameters
    ----------
    tools : Path
        The folder of the programs of `requirements-audit.lock`.
    python : Path
        The interpreter whose packages are looked at.
    bill : Path
        Where the bill of materials goes.
    """
    findings = Findings()
    bill.parent.mkdir(parents=True, exist_ok=True)
    written = _run(
        tools / "cyclonedx-py",
        "environment",
        python,
        "--output-reproducible",
        "--output-file",
        bill,
    )
    _note(findings, written, f"bill of materials, written to {bill}")
    licences = _run(
        tools / "pip-licenses", f"--python={python}", "--partial-match", f"--fail-on={REFUSED}"
    )
    _note(findings, licences, "licences of all that is installed")
    for lock in LOCKS:
        _vulnerabilities(findings, tools, f"{lock}.lock")
    return findings


def _vulnerabilities(findings: Findings, tools: Path, lock: str) -> None:
    options = ("--require-hashes", "--disable-pip", "--progress-spinner=off", "--format=json")
    asked = _run(tools / "pip-audit", *options, "--requirement", ROOT / lock)
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except (ValueError, KeyError):
        reason = (asked.stderr.strip().splitlines() or ["no answer"])[-1]
        findings.unchecked.append(f"known vulnerabilities of {lock} ({reason[:200]})")
        return
    skipped = [package for package in packages if package.get("skip_reason")]
    if known := len(packages) - len(skipped):
        findings.checked.append(f"known vulnerabilities of {known} packages of {lock}")
    if skipped:
        first = skipped[0]
        findings.unchecked.append(
            f"known vulnerabilities of {len(skipped)} packages of {lock}, the first of them"
            f" {first['name']} ({first['skip_reason']})"
        )
    for package in packages:
        name = f"{package['name']} {package.get('version', '')}".strip()
        findings.found += [f"{one['id']} in {name} of {lock}" for one in package.get("vulns", ())]


def _note(findings: Findings, finished: subprocess.CompletedProcess[str], what: str) -> None:
    if finished.returncode == 0:
        findings.checked.append(what)
        return
    said = (finished.stderr + finished.stdout).strip().splitlines() or ["no word"]
    findings.found.append(f"{what}: {said[-1][:200]}")


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


if __name__ == "__main__":
    result = audit(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
    sys.stdout.write("\n".join(result.lines()) + "\n")
    sys.exit(result.code)
