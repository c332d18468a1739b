"""Verifies the deployments of an engine and keeps of each run what the comparison shows."""

from __future__ import annotations

import json
import platform
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fixtures.models import model_folder
from harness.core.errors import HarnessError
from harness.core.run import Run
from harness.core.vocabulary import Area, Status
from harness.deployments.deployment import Deployment, Unavailable
from harness.engine.setup import Request
from harness.engine.verification import verify_into

_SHOWN = (Status.FAIL, Status.WARN, Status.ERROR)


@dataclass(frozen=True, slots=True)
class Compared:
    """One deployment's line of the comparison: `areas` by id, `findings` without those that passed or did not apply.

    `reason` says why it is not verified, where it is not.
    """

    id: str
    title: str
    engine: str
    setting: str
    model: str
    versions: dict[str, str]
    verdict: str
    expected: str
    summary: str = ""
    reason: str = ""
    deviation_logit: float | None = None
    limit_logit: float | None = None
    areas: dict[str, str] | None = None
    findings: tuple[dict[str, Any], ...] = ()
    missed: tuple[str, ...] = ()


def verify_deployment(deployment: Deployment, out: Path, profile: str) -> Compared:
    """Start, verify and stop it; what cannot be started is not verified."""
    checkpoint = model_folder(deployment.model)
    with tempfile.TemporaryDirectory(prefix=f"{deployment.id}-") as work:
        try:
            with deployment.start(checkpoint, Path(work)) as running:
                request = Request(
                    target=running.target, model=deployment.model, profile=profile,
                    connection=running.connection, applies_prompt=running.applies_prompt,
                )  # fmt: skip
                return _compared(deployment, verify_into(request, out / deployment.id).run)
        except (Unavailable, HarnessError) as error:
            return _line(deployment, verdict="not verified", reason=str(error))


def write_line(compared: Compared, folder: Path) -> None:
    """Keep a deployment's line until all are put together."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(compared), indent=2, ensure_ascii=False, allow_nan=False)
    (folder / f"{compared.id}.json").write_text(text + "\n", encoding="utf-8")


def _compared(deployment: Deployment, run: Run) -> Compared:
    values = next((f for f in run.findings if f.check == "numerics.values"), None)
    failed = {f.check for f in run.findings if f.status is Status.FAIL}
    return _line(
        deployment,
        verdict=run.verdict.value,
        deviation_logit=None if values is None else values.value,
        limit_logit=None if values is None else values.limit,
        areas={area.value: run.coverage(area).value for area in Area},
        findings=tuple(
            _shown(deployment, f) for f in run.findings if f.status in (Status.FAIL, Status.WARN, Status.ERROR)
        ),
        missed=tuple(check for check in deployment.because if check not in failed),
    )


def _shown(deployment: Deployment, finding: Any) -> dict[str, Any]:
    explained = dict(deployment.explanations)
    return {
        "check": finding.check, "status": finding.status.value, "severity": finding.severity.value,
        "subject": finding.subject, "message": finding.message, "evidence": finding.evidence,
        "value": finding.value, "limit": finding.limit, "unit": finding.unit,
        "explanation": explained.get(finding.check, ""),
    }  # fmt: skip


def _line(deployment: Deployment, **found: Any) -> Compared:
    return Compared(
        id=deployment.id, title=deployment.title, engine=deployment.engine, setting=deployment.setting,
        model=deployment.model, versions=_versions(deployment.packages), expected=deployment.expected,
        summary=deployment.summary, **found,
    )  # fmt: skip


def _versions(packages: tuple[str, ...]) -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
