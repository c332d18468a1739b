"""matrix.json: several deployments for programs; reports/schema/matrix-report.schema.json says what it promises."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from harness.core.events import finite
from harness.core.fleet import AXES, Agreement, Apart, Contrast, Overview, Verified
from harness.core.vocabulary import Area
from reports.fleet import words
from reports.fleet.story import SCHEMA, FleetStory


def document(overview: Overview) -> dict[str, Any]:
    """Strict JSON data: NaN and infinities are null."""
    fleet, story = overview.fleet, FleetStory(overview)
    told: dict[str, Any] = finite(
        {
            "schema": SCHEMA, "kind": fleet.kind, "verdict": overview.verdict.value,
            "exit_status": overview.exit_status, "headline": story.headline, "summary": story.summary,
            "created": fleet.created, "only": fleet.only,
            "deployments": [_deployment(each) for each in overview.verified],
            "agreements": [_agreement(each) for each in overview.agreements],
            "differences": [_contrast(each) for each in overview.contrasts],
        }
    )  # fmt: skip
    return told


def _deployment(each: Verified) -> dict[str, Any]:
    run, deployment = each.run, each.deployment
    return {
        "name": each.name, "axes": {axis: deployment.request.get(axis) for axis in AXES},
        "state": deployment.state.value, "reason": deployment.reason, "exit_status": deployment.exit_status,
        "verdict": each.verdict.value, "run": None if run is None else run.id,
        "report": None if run is None else f"{each.name}/report.html",
        "finished": None if run is None else run.finished,
        "areas": [] if run is None else [{"id": area.value, "status": run.coverage(area).value} for area in Area],
        "causes": [] if run is None else [cause.as_dict() for cause in run.causes],
    }  # fmt: skip


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "model": found.model, "judge": found.judge.value, "disagree": found.disagree, "agreeing": found.agreeing,
        "odd": found.odd, "unscored": found.unscored, "apart": [_apart(each) for each in found.apart],
        "told": words.agreement(found),
    }  # fmt: skip


def _contrast(contrast: Contrast) -> dict[str, Any]:
    return {
        "deployment": contrast.deployment, "base": contrast.base, "explanation": contrast.explanation.value,
        "axes": [{"axis": axis, "base": before, "deployment": now} for axis, before, now in contrast.axes],
        "areas": [
            {"id": area.value, "base": before.value, "deployment": now.value} for area, before, now in contrast.areas
        ],
        "scores": None if contrast.scores is None else _apart(contrast.scores),
        "causes": [{"in": name, **cause.as_dict()} for name, cause in contrast.causes],
        "failing": [{"in": name, "check": check, "message": message} for name, check, message in contrast.failing],
    }  # fmt: skip


def _apart(apart: Apart) -> dict[str, Any]:
    return {**asdict(apart), "beyond": apart.beyond}
