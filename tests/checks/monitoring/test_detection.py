from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.checks.monitoring import detection
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.answers import DetectionCache
from harness.reference.pipeline import Reranker

CHECK = "monitoring.detection"
Build = Callable[..., Context]
Run = Callable[[str, Context], list[Outcome]]


def test_detections_are_counted(reranker: Reranker, context_for: Build, run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(reranker))
    assert (outcome.status, outcome.message) == (Status.PASS, "detections 2, cache_hits 1, failures 1")


def test_a_cache_that_keeps_nothing_is_found(
    monkeypatch: pytest.MonkeyPatch, reranker: Reranker, context_for: Build, run_check: Run
) -> None:
    monkeypatch.setattr(detection, "DetectionCache", lambda: DetectionCache(size=0))
    (outcome,) = run_check(CHECK, context_for(reranker))
    assert (outcome.status, outcome.message) == (Status.FAIL, "detections 3, cache_hits 0, failures 1")
