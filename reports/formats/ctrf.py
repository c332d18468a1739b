"""ctrf.json: the run in the Common Test Report Format (https://ctrf.io), for dashboards and pull request comments."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from typing import Any

from harness.core.events import finite
from harness.core.run import Run
from harness.core.vocabulary import Status, Verdict
from reports.cases import Case, cases
from reports.story import Story
from reports.text import epoch, one_line, visible

NAME = "ctrf.json"
#: Of the working draft that this follows (spec/ctrf.md of https://github.com/ctrf-io/ctrf).
SPEC = "0.0.0"
#: What did not run is never passed. A check that broke says nothing of the target: it is neither passed nor failed,
#: and `environment.healthy` is false.
_STATUSES = {
    Status.PASS: "passed", Status.WARN: "passed", Status.FAIL: "failed", Status.NOT_VERIFIED: "skipped",
    Status.ERROR: "other",
}  # fmt: skip
_TOOL = "rerank-harness"


def render(run: Run) -> str:
    """The run as CTRF, which reports/schema/ctrf.schema.json narrows to what is told here; strict and ASCII."""
    document = {
        "reportFormat": "CTRF",
        "specVersion": SPEC,
        # the same events give the same report, byte for byte
        "reportId": str(uuid.uuid5(uuid.NAMESPACE_OID, run.id)),
        "generatedBy": _TOOL,
        "results": _results(run, cases(run)),
    }
    return json.dumps(finite(document), indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _results(run: Run, found: tuple[Case, ...]) -> dict[str, Any]:
    return {
        "tool": _tool(run),
        "summary": _summary(run, found),
        "tests": [_test(case) for case in found],
        "environment": _environment(run),
    }


def _tool(run: Run) -> dict[str, str]:
    packages = run.started.environment.get("packages")
    version = packages.get(_TOOL) if isinstance(packages, dict) else None
    return {"name": _TOOL} | ({"version": one_line(str(version))} if version else {})


def _summary(run: Run, found: tuple[Case, ...]) -> dict[str, int]:
    counts = Counter(_STATUSES[case.status] for case in found)
    start = epoch(run.started.started) or 0.0
    # a run that was killed went on at least as long as its checks took
    stop = max(start, epoch(run.finished) or start + sum(case.seconds for case in found))
    return {
        "tests": len(found),
        **{status: counts[status] for status in ("passed", "failed", "skipped", "pending", "other")},
        "suites": len({case.suite for case in found}), "start": _milliseconds(start), "stop": _milliseconds(stop),
    }  # fmt: skip


def _test(case: Case) -> dict[str, Any]:
    test: dict[str, Any] = {
        "name": case.name or case.suite, "status": _STATUSES[case.status], "rawStatus": case.status.value,
        "duration": _milliseconds(case.seconds), "suite": [case.suite], "message": case.message, "tags": [case.kind],
    }  # fmt: skip
    if (finding := case.finding) is None:
        return test
    if finding.evidence:
        test["trace"] = visible(finding.evidence)
    extra = {name: getattr(finding, name) for name in ("value", "limit", "margin")}
    extra |= {name: visible(getattr(finding, name)) for name in ("check", "subject", "unit", "remedy", "reproduce")}
    test |= {"device": one_line(finding.device), "extra": {f"{_TOOL}.finding": extra}}
    test["tags"] += [finding.stage.value]
    return test


def _environment(run: Run) -> dict[str, Any]:
    story, begun = Story(run), run.started
    told = {"run": run.id, "verdict": story.verdict, "profile": begun.profile, "model": story.model or ""}
    return {
        "reportName": one_line(f"Reranker verification on {run.device}"),
        "appName": one_line(story.target),
        "testEnvironment": one_line(run.device),
        "healthy": run.verdict is Verdict.PASS,
        "extra": {f"{_TOOL}.run": {name: one_line(text) for name, text in told.items()}},
    }


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
