"""Latency is told with its spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.checks.context import Context
from harness.checks.performance.latency import ENOUGH_FOR_P95
from harness.checks.profiles import profile
from harness.core.findings import Outcome
from harness.targets.function import FunctionTarget


@pytest.mark.parametrize(("rounds", "told"), [(ENOUGH_FOR_P95 - 1, []), (ENOUGH_FOR_P95, ["p95"])])
def test_the_median_comes_with_the_interquartile_range_and_a_percentile_only_with_enough_rounds(
    rounds: int,
    told: list[str],
    run_check: Callable[[str, Context], list[Outcome]],
    context_for: Callable[..., Context],
) -> None:
    target = FunctionTarget(lambda query, documents, instruction: [0.5] * len(documents), "python:test:half")
    context = context_for(target, reference=None, profile=replace(profile("smoke"), timed_rounds=rounds))
    _, *figures = run_check("performance.latency", context)
    assert [outcome.subject for outcome in figures] == ["median", "interquartile range", *told]
    assert all(outcome.value is not None and outcome.value >= 0 for outcome in figures)
