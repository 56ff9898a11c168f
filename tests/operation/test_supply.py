"""What the project stands on is listed, and held against known vulnerabilities; not knowing is never "none"."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = set(re.findall(r"(?m)^([a-z0-9._-]+)(?:\[[^]]*\])?==", LOCK))
GOOD = {"name": "polars", "version": "2.1.0", "vulns": []}
BAD = {"name": "lxml", "version": "6.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["6.1"]}]}
SKIPPED = {"name": "typst", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answer", "code", "message"),
    [
        (None, 2, "NOTHING HAS BEEN EXAMINED"),
        ([], 2, "NOTHING HAS BEEN EXAMINED"),
        ([SKIPPED, SKIPPED], 2, "NOTHING HAS BEEN EXAMINED"),
        ([GOOD], 0, "1 packages examined, 0 known vulnerabilities."),
        ([GOOD, BAD], 1, "lxml 6.0: PYSEC-1, mended in 6.1"),
        ([GOOD, SKIPPED], 1, "typst: not examined, not found"),
    ],
    ids=["no answer", "an empty one", "it knows nothing", "all is well", "a vulnerability", "one not examined"],
)
def test_the_audit_says_what_it_knows(tmp_path: Path, answer: list[object] | None, code: int, message: str) -> None:
    body = "" if answer is None else f'open(sys.argv[-1], "w").write({json.dumps({"dependencies": answer})!r})'
    auditor = tmp_path / "pip-audit"
    auditor.write_text(f"#!{sys.executable}\nimport sys\n{body}\nsys.exit(1)\n", encoding="utf-8")
    auditor.chmod(0o755)
    (tmp_path / "python").symlink_to(sys.executable)
    environment = os.environ | {"BIN": str(tmp_path), "REPORT": str(tmp_path / "audit.json")}
    audited = subprocess.run([ROOT / ".ci/audit"], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    assert audited.returncode == code, audited.stderr
    assert message in audited.stdout


@pytest.mark.long
def test_the_bill_of_materials_names_what_the_lock_names(tmp_path: Path) -> None:
    (recipe,) = re.findall(r"(?m)^\t@\$\(BIN\)/cyclonedx-py (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"))
    arguments = recipe.replace("build/sbom.json", str(tmp_path / "sbom.json")).split()
    maker = Path(sys.executable).with_name("cyclonedx-py")
    subprocess.run([maker, *arguments], cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    sbom = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert sbom["bomFormat"] == "CycloneDX"
    assert {component["name"] for component in sbom["components"]} == LOCKED
    assert sbom["metadata"]["component"]["name"] == "lagesbild"


def test_what_is_renewed_is_what_there_is() -> None:
    rules = json.loads((ROOT / "renovate.json").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~ ]", name)[0].lower() for name in project["dependencies"]}
    grouped = {name for rule in rules["packageRules"] if "groupName" in rule for name in rule["matchPackageNames"]}
    assert grouped <= declared
    (command,) = rules["postUpgradeTasks"]["commands"]
    assert re.search(rf"(?m)^{command.removeprefix('make ')}:", (ROOT / "Makefile").read_text(encoding="utf-8"))
