"""numbers.json: all that a decision rests on, for programs.

The test-result predicate has no place for numbers, nor for what was not verified or ended in an error.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from harness.core.documents import Kind
from harness.core.events import finite
from harness.core.run import Run, coverage
from harness.core.vocabulary import Area
from harness.core.waivers import Accepted, Waiver
from reports.signoff.decision import Decision
from reports.signoff.requirements import collection_of, covering, prompt_of

_SCHEMA = Path(__file__).parent.parent / "schema" / "numbers.schema.json"
#: Bytes of the largest one that is read. Measured: 285 bytes a finding; this has room for a hundred thousand.
LARGEST = 40 * 2**20


@cache
def kind() -> Kind:
    """What numbers.json is."""
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return Kind("file of a sign-off's numbers", schema, "rerank-harness signoff", LARGEST)


def render(decision: Decision) -> str:
    """The document as strict JSON in ASCII; the same decision gives the same bytes."""
    return json.dumps(finite(document(decision)), indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def document(decision: Decision) -> dict[str, Any]:
    """The decision as reports/schema/numbers.schema.json promises it."""
    waivers = {entry.waiver.number: entry.waiver for entry in decision.accepted}
    return {
        "schema": kind().id,
        "verdict": decision.verdict.value,
        "decided": decision.at.isoformat(),
        "reasons": list(decision.reasons),
        "model": {"id": decision.model, "digest": decision.digest},
        "policy": decision.policy.title,
        "devices": {device: _device(decision, device) for device in decision.policy.devices},
        "waivers": [_waiver(waiver, decision) for waiver in sorted(waivers.values(), key=lambda w: w.number)],
        "runs": [_run(run, decision.accepted) for run in decision.runs],
    }


def _device(decision: Decision, device: str) -> dict[str, Any]:
    runs = covering(decision.runs, device)
    findings = [finding for run in runs for finding in run.findings]
    return {
        "runs": [run.id for run in runs],
        "areas": {area.value: coverage([f for f in findings if f.area is area]).value for area in Area},
    }


def _waiver(waiver: Waiver, decision: Decision) -> dict[str, Any]:
    return {
        "number": waiver.number, "check": waiver.check, "owner": waiver.owner, "reason": waiver.reason,
        "link": waiver.link, "expires": waiver.expires.isoformat(), "justification": waiver.justification.value,
        "findings": sum(entry.waiver.number == waiver.number for entry in decision.accepted),
    }  # fmt: skip


def _run(run: Run, accepted: tuple[Accepted, ...]) -> dict[str, Any]:
    name, digest = collection_of(run)
    began = run.started
    by = {entry.counted: entry.waiver.number for entry in accepted if entry.run == run.id}
    return {
        "id": run.id, "started": began.started, "finished": run.finished, "device": run.device,
        "profile": began.profile, "target": began.target.get("spec"), "verdict": run.verdict.value,
        "collection": {"name": name, "digest": digest}, "prompt": prompt_of(run),
        "environment": began.environment,
        "missing": list(run.missing),
        "findings": [
            {
                "check": f.check, "subject": f.subject, "area": f.area.value, "severity": f.severity.value,
                "status": f.status.value, "value": f.value, "limit": f.limit, "margin": f.margin, "unit": f.unit,
                "waiver": by.get(f),
            }
            for f in run.findings
        ],
    }  # fmt: skip
