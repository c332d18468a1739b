"""run.json: the run for programs; reports/schema/run.schema.json says what it promises."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from harness.core.events import finite
from harness.core.run import Run
from harness.core.vocabulary import Area
from reports import tables
from reports.story import SCHEMA

NAME = "run.json"


def render(run: Run) -> str:
    """The run as JSON; strict (NaN and infinities are null) and ASCII, so that no text can break it."""
    return json.dumps(finite(_contract(run) | _added(run)), indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def _contract(run: Run) -> dict[str, Any]:
    begun = run.started
    return {
        "schema": SCHEMA,
        "verdict": run.verdict,
        "target": {"spec": None, "dialect": None} | begun.target,
        "model": {"id": None, "digest": None} | begun.model,
        "devices": run.device_coverage(),
        "areas": [{"id": a.value, "title": a.title, "status": run.coverage(a)} for a in Area],
        "findings": [asdict(finding) for finding in run.findings],
        "causes": [cause.as_dict() for cause in run.causes],
        "environment": begun.environment,
        "started": begun.started,
        "finished": run.finished,
    }


def _added(run: Run) -> dict[str, Any]:
    return {
        "device": run.device,
        "profile": run.started.profile,
        "counts": tables.counted(run.findings),
        "interrupted_in": run.interrupted_in,
        "missing": run.missing,
        "unavailable": [asdict(device) for device in run.unavailable],
        "notes": [asdict(note) for note in run.notes],
    }
