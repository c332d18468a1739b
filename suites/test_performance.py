"""The area performance: the checks, and requests timed by pytest-benchmark, the reference beside its peers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.benchmark.result import NAMES
from harness.checks.performance.timing import TimedRequest, answers_limit
from harness.checks.registry import Check
from harness.checks.tolerance import distance
from harness.core.errors import MissingDependency, UsageError
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
    say_where_not_timed(benchmark)


@pytest.mark.parametrize("name", NAMES)
def test_scoring_speed(name: str, timed_request: tuple[int, int], benchmark: Any, rerank_run: DeviceRun) -> None:
    """The profile's requests, by the reference and by each of its peers; the answers of all rounds are checked."""
    from harness.benchmark.contenders import contender
    from harness.benchmark.measure import noise_of
    from harness.benchmark.workload import workload

    reranker = rerank_run.require_session().context.target.reranker
    if reranker is None:
        pytest.skip("not verified: the target does not run in this process")
    try:
        one = contender(name, reranker)
    except (MissingDependency, UsageError) as reason:
        pytest.skip(f"not verified: {reason}")
    asked = workload(reranker, *timed_request)
    benchmark.group = f"{asked.documents} documents of {asked.length} tokens"
    answers = []
    benchmark.pedantic(lambda: answers.append(one.score(asked.pairs)), rounds=3, warmup_rounds=1)
    right = reranker.log_odds(asked.pairs, one_by_one=True)
    assert max(distance(answer, right).max() for answer in answers) <= noise_of(reranker, asked.length).limit_logit
    say_where_not_timed(benchmark)


def say_where_not_timed(benchmark: Any) -> None:
    """A test that timed nothing has not passed, however right its answers are."""
    if not benchmark.enabled:
        pytest.skip("not timed: pytest-benchmark is disabled here; the answers are right")
