"""The comparison of engines."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harness.core.errors import UsageError
from harness.deployments.engines import deployments
from harness.deployments.verification import Compared
from reports.comparison import markdown, write_comparison

FINDING = {
    "check": "numerics.values", "status": "fail", "severity": "critical", "subject": "", "message": "a | b <i>",
    "evidence": "`x` | y", "value": 0.4, "limit": 0.1, "unit": "logit", "explanation": "texts are stripped",
}  # fmt: skip
LINE = Compared(
    id="one", title="One", engine="one", setting="--flag", model="tiny-causal", versions={"torch": "2"}, verdict="fail",
    expected="pass", deviation_logit=0.4, limit_logit=0.1, areas={"prompt": "failed"}, findings=(FINDING,),
)  # fmt: skip
ABSENT = replace(
    LINE, id="two", title="Two", verdict="not verified", reason="it is not on PATH", deviation_logit=None, areas=None,
    findings=(),
)  # fmt: skip


def test_a_finding_is_shown_with_its_evidence_and_explanation() -> None:
    page = markdown([asdict(LINE)])
    assert "numerics.values" in page
    assert "texts are stripped" in page
    assert "a \\| b &lt;i&gt;" in page


def test_what_the_findings_come_to_is_said_before_them() -> None:
    page = markdown([asdict(replace(LINE, summary="one cause"))])
    assert page.index("one cause") < page.index("numerics.values")


def test_what_was_not_expected_is_said() -> None:
    assert "This is not what was expected (pass)" in markdown([asdict(LINE)])


def test_what_did_not_run_is_not_verified_with_the_reason() -> None:
    page = markdown([asdict(ABSENT)])
    assert "it is not on PATH" in page
    assert "✓" not in page.split("\n## ")[0].split("✓ verified")[0]


def test_lines_become_a_document_and_a_page(tmp_path: Path) -> None:
    (tmp_path / "lines").mkdir()
    for line in (LINE, ABSENT):
        (tmp_path / "lines" / f"{line.id}.json").write_text(json.dumps(asdict(line)))
    write_comparison(tmp_path / "lines", tmp_path / "to")
    document = json.loads((tmp_path / "to" / "engines.json").read_text())
    assert [engine["id"] for engine in document["engines"]] == ["one", "two"]
    assert (tmp_path / "to" / "engines.md").read_text().startswith("# Real engines")


def test_without_lines_there_is_no_comparison(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no engine has been verified yet"):
        write_comparison(tmp_path, tmp_path)


def test_deployments_have_ids_of_their_own() -> None:
    assert len({deployment.id for deployment in deployments()}) == len(deployments())
