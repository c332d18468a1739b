"""`rerank-harness audit`: what it prints, writes and answers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from harness.core.vocabulary import Area

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = ROOT / "reports" / "schema"
HEALTHY = (
    "def yes_id(tokenizer):\n    found = tokenizer.token_to_id('yes')\n    assert found is not None\n    return found\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example project, where it may be changed."""
    return Path(shutil.copytree(ROOT / "examples" / "serving-project", tmp_path / "project"))


@pytest.fixture
def healthy(tmp_path: Path) -> Path:
    """A project in which nothing is wrong."""
    folder = tmp_path / "healthy"
    folder.mkdir()
    (folder / "ids.py").write_text(HEALTHY)
    return folder


def test_a_project_with_faults_falls_short(command: Callable, project: Path) -> None:
    done = command("audit", str(project))
    assert (done.status, done.err) == (1, "")
    assert "9454 is 'Yes', 2901 is 'irtual'; expected 9693 'yes', 2152 'no'" in done.out


def test_a_healthy_project_does_not(command: Callable, healthy: Path) -> None:
    done = command("audit", str(healthy))
    assert done.status == 0, done.out


def test_json_goes_to_standard_output_alone_and_fits_its_schema(command: Callable, project: Path) -> None:
    document = json.loads(command("audit", str(project), "--json", "-").out)
    jsonschema.validate(document, json.loads((SCHEMAS / "audit.schema.json").read_text()))
    assert {f["check"] for f in document["findings"] if f["status"] == "fail"} >= {"source-audit.double-activation"}


def test_sarif_fits_the_official_schema(command: Callable, project: Path, tmp_path: Path) -> None:
    command("audit", str(project), "--sarif", str(tmp_path / "audit.sarif"))
    written = json.loads((tmp_path / "audit.sarif").read_text())
    jsonschema.validate(written, json.loads((SCHEMAS / "sarif-2.1.0.schema.json").read_text()))
    assert str(project) not in json.dumps(written)


def test_markdown_is_written(command: Callable, project: Path, tmp_path: Path) -> None:
    command("audit", str(project), "--markdown", str(tmp_path / "audit.md"))
    assert "router/src/server.rs" in (tmp_path / "audit.md").read_text()


def test_one_rule_alone_can_be_asked_for(command: Callable, project: Path) -> None:
    document = json.loads(command("audit", str(project), "--rule", "nan-to-zero", "--json", "-").out)
    assert {finding["check"] for finding in document["findings"]} == {"source-audit.nan-to-zero"}


def test_a_rule_is_explained_with_its_examples(command: Callable) -> None:
    done = command("audit", "--explain", "nan-to-zero")
    assert done.status == 0
    assert "python, wrong:" in done.out


def test_a_rule_of_the_users_is_used_beside_the_others(command: Callable, healthy: Path) -> None:
    (healthy / "reply.py").write_text("def reply(scores):\n    return [round(score, 2) for score in scores]\n")
    done = command("audit", str(healthy), "--rules", str(ROOT / "examples" / "audit" / "rules"))
    assert (done.status, "Scores are rounded before they are sorted" in done.out) == (0, True)


def test_what_a_baseline_accepts_does_not_fall_short(command: Callable, project: Path) -> None:
    baseline = ROOT / "examples" / "audit" / "baseline.toml"
    asked = ("audit", str(project), "--rule", "nan-to-zero")
    assert [command(*asked).status, command(*asked, "--baseline", str(baseline)).status] == [1, 0]


def test_an_acceptance_that_is_not_needed_falls_short(command: Callable, healthy: Path) -> None:
    done = command("audit", str(healthy), "--baseline", str(ROOT / "examples" / "audit" / "baseline.toml"))
    assert (done.status, "is not found there any more" in done.out) == (1, True)


def test_claims_are_decided_one_by_one(command: Callable, project: Path) -> None:
    claims = ROOT / "examples" / "audit" / "claims.toml"
    document = json.loads(command("audit", str(project), "--claims", str(claims), "--json", "-").out)
    assert [claim["ruling"] for claim in document["claims"]] == ["refuted", "refuted", "not verifiable"]


def test_a_check_of_a_run_decides_a_claim(command: Callable, project: Path, tmp_path: Path) -> None:
    command("verify", "--profile", "smoke", "--only", "numerics.values", "--out", str(tmp_path / "run"))
    claims = ROOT / "examples" / "audit" / "claims.toml"
    asked = ("audit", str(project), "--claims", str(claims), "--run", str(tmp_path / "run"), "--json", "-")
    assert json.loads(command(*asked).out)["claims"][2]["ruling"] == "confirmed"


def test_a_manifest_says_what_is_wired_in(command: Callable, project: Path) -> None:
    manifest = ROOT / "examples" / "audit" / "manifest.toml"
    document = json.loads(command("audit", str(project), "--manifest", str(manifest), "--json", "-").out)
    assert [entry["wiring"] for entry in document["touched"]] == ["exists only", "wired in", "missing"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "name a folder of sources"),
        (("no-such-folder",), "is no folder"),
        ((".", "--rule", "no-such-rule"), "no rule 'no-such-rule'"),
        (("--explain", "no-such-rule"), "no rule 'no-such-rule'"),
        ((".", "--rules", "no-such-folder"), "is no folder of rules"),
        ((".", "--claims", "no-such-file"), "cannot be read as a file of claims"),
        ((".", "--manifest", "no-such-file"), "cannot be read as a manifest"),
        ((".", "--baseline", "no-such-file"), "cannot be read as a baseline"),
        ((".", "--run", "no-such-run"), "no-such-run"),
        ((".", "--sarif", "no/such/folder/x.sarif"), "cannot write"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    words: tuple[str, ...], told: str, command: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = command("audit", *words)
    assert done.status == 2
    assert told in done.err.splitlines()[-1]


def test_the_area_is_in_the_report_where_sources_are_named(command: Callable, project: Path, tmp_path: Path) -> None:
    asked = ("verify", "--profile", "smoke", "--only", "source-audit", "--source", str(project))
    done = command(*asked, "--out", str(tmp_path / "run"))
    run = json.loads((tmp_path / "run" / "run.json").read_text())
    assert (done.status, {area["id"]: area["status"] for area in run["areas"]}["source-audit"]) == (1, "failed")


def test_without_sources_no_check_of_them_is_planned() -> None:
    from harness.checks.registry import planned_checks

    areas = [{check.area for check in planned_checks(with_source=named)} for named in (False, True)]
    assert [Area.SOURCE_AUDIT in planned for planned in areas] == [False, True]
