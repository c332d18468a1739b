"""The audit for programs; reports/schema/audit.schema.json says what it promises."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from harness.core.audit import About, Audited, SourceFinding
from harness.core.events import finite
from harness.core.findings import Finding, Outcome
from harness.core.vocabulary import Area
from reports.audit.words import rules_of

SCHEMA = "rerank-harness/audit/1"


def as_document(audited: Audited) -> dict[str, Any]:
    """An audit as strict JSON may hold it, with a finding for each rule: what it found, or that it found nothing."""
    return dict(
        _strict(
            {
                "schema": SCHEMA,
                "root": audited.root,
                "files": audited.files,
                "left": [asdict(left) for left in audited.left],
                "rules": [rule.id for rule in rules_of(audited)],
                "findings": list(_findings(audited)),
                "claims": [asdict(ruled) for ruled in audited.claims],
                "touched": [asdict(touched) for touched in audited.touched],
                "problems": audited.problems,
                "seconds": round(audited.seconds, 4),
            }
        )
    )


def _findings(audited: Audited) -> Iterator[dict[str, Any]]:
    for rule in rules_of(audited):
        for outcome, source in zip_longest(audited.outcomes(rule), audited.of(rule.id)):
            yield asdict(_finding(rule, outcome, audited)) | _source(source)


def _finding(rule: About, outcome: Outcome, audited: Audited) -> Finding:
    """An outcome as every other finding is told. All rules share one pass over the tree, so they share its seconds."""
    return Finding(
        check=f"source-audit.{rule.id}", title=rule.title, area=Area.SOURCE_AUDIT, stage=rule.stage,
        status=outcome.status, severity=outcome.severity or rule.severity, device="", message=outcome.message,
        value=outcome.value, limit=outcome.limit, margin=outcome.margin, unit=outcome.unit, evidence=outcome.evidence,
        remedy=outcome.remedy, subject=outcome.subject,
        reproduce=shlex.join(["rerank-harness", "audit", audited.root, "--rule", rule.id]),
        seconds=round(audited.seconds, 4),
    )  # fmt: skip


def _source(finding: SourceFinding | None) -> dict[str, Any]:
    if finding is None:
        return {"place": None, "also": [], "identity": None, "suppression": None}
    given = finding.suppression
    return {
        "place": asdict(finding.place),
        "also": [asdict(place) for place in finding.also],
        "identity": finding.identity,
        "suppression": given and {"kind": given.kind, "reason": given.reason, "expires": given.expires.isoformat()},
    }


def _strict(value: Any) -> Any:
    """`value` with no number that JSON has not, and no half of a surrogate pair, which UTF-8 has not."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {_strict(key): _strict(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_strict(part) for part in value]
    return finite(value)
