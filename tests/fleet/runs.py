"""Runs of deployments as they are held together: scores of two queries, and what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from harness.core.causes import Cause
from harness.core.events import NoiseRecorded, RunStarted, ScoresRecorded
from harness.core.findings import Finding
from harness.core.fleet import Deployment, State, Verified
from harness.core.run import Run
from harness.core.vocabulary import Area, Severity, Stage, Status

NOISE = NoiseRecorded(1e-4, 1e-3, "a test")
LOGITS = ((2.0123456, 0.5, -1.0, -3.0), (1.0, 0.0, -2.0, -2.5))
CAUSE = Cause(Stage.ASSEMBLE, "template-absent", "no prompt template", 0.99, 1e-6, "scores fit", "give it the template")


def run(shift: float | Sequence[Sequence[float | None]] = 0.0, **given: Any) -> Run:
    """A run whose scores are `shift` away from `LOGITS`, or are those; further fields as in `Run`."""
    logits: Sequence[Sequence[float | None]]
    logits = [[x + shift for x in row] for row in LOGITS] if isinstance(shift, float) else shift
    scores = tuple(
        ScoresRecorded(f"q{n}", tuple("abcd")[: len(row)], (), tuple(row), "log-odds") for n, row in enumerate(logits)
    )
    model = {"id": "tiny", "digest": "sha256:1"}
    begun = RunStarted("2026-01-01T00:00:00+00:00", {"spec": "t"}, model, "cpu", "smoke", {"dtype": "float32"})
    fields: dict[str, Any] = {"scores": scores, "noise": NOISE, "finished": "2026-01-01T00:01:00+00:00"}
    return Run(begun, **{**fields, **given})


def without_model(shift: float = 0.0) -> Run:
    """A run of which nobody named the model: nothing was measured."""
    made = run(shift, noise=None)
    return replace(made, started=replace(made.started, model={"id": None, "digest": None}, environment={}))


def finding(check: str, status: Status, **given: Any) -> Finding:
    """A finding of a check."""
    fields: dict[str, Any] = {
        "check": check, "title": check, "area": Area(check.split(".")[0]), "stage": Stage.FORWARD, "status": status,
        "severity": Severity.MAJOR, "device": "cpu", "message": f"{check} says {status}", "value": None, "limit": None,
        "margin": None, "unit": "", "evidence": "", "remedy": "", "subject": "", "reproduce": "", "seconds": 0.1,
    }  # fmt: skip
    return Finding(**{**fields, **given})


def verified(name: str, of: Run | None, state: State = State.FINISHED, **axes: str) -> Verified:
    """A deployment with its run."""
    request = {"target": f"http://{name}", "model": "tiny", "device": "cpu", "dtype": None, "profile": "smoke", **axes}
    fell = of is not None and any(each.status is Status.FAIL for each in of.findings)
    status = {State.FINISHED: int(fell), State.LOST: 3, State.CRASHED: 3, State.REFUSED: 2}.get(state)
    reason = "" if state is State.FINISHED else f"{name} is {state}"
    return Verified(Deployment(name, {**request, "headers": 0}, state, reason, status), of)
