"""The area performance: the checks, and the same request timed by pytest-benchmark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.checks.performance.timing import TimedRequest, answers_limit
from harness.checks.registry import Check
from harness.checks.tolerance import distance
from harness.core.vocabulary import Area
from harness.engine.pytest_run import DeviceRun
from harness.plugin import checks_of


@checks_of(Area.PERFORMANCE)
def test_performance(check: Check, verify: Callable[[Check], None]) -> None:
    """Each check of the area, as one test."""
    verify(check)


def test_request_latency(benchmark: Any, rerank_run: DeviceRun) -> None:
    """One request through pytest-benchmark, device synchronised, the answer of the timed run checked."""
    context = rerank_run.require_session().context
    ask = TimedRequest.largest(context)
    answer = benchmark.pedantic(ask, rounds=context.profile.timed_rounds, warmup_rounds=1)
    assert distance(answer, context.logits(ask.pairs)).max() <= answers_limit(context)
