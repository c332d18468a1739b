"""The noise floor says where the limits of a run come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.calibration import measure
from harness.calibration.limits import Limits, multiple_for
from harness.calibration.probes import Plan
from harness.calibration.rows import Quantiles, Spread
from harness.checks.context import Context
from harness.checks.profiles import PROFILES, profile
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.pipeline import Reranker

RunCheck = Callable[[str, Context], list[Outcome]]
SPREAD = Spread(300, 37, Quantiles(0.0, 0.0, 0.0, 1e-4), Quantiles(0.0, 0.0, 0.0, 0.0), Quantiles(0.0, 0.0, 0.0, 5e-5))
LIMITS = Limits({"float32 sdpa alone": SPREAD}, 300, "from tiny.json, measured on a machine")


def test_without_a_file_it_is_measured_in_the_run(run_check: RunCheck, healthy: Context) -> None:
    (outcome,) = run_check("numerics.noise-floor", healthy)
    assert (outcome.status, "measured in this run" in outcome.evidence) == (Status.PASS, True)


def test_with_a_file_it_is_that_of_the_file(
    run_check: RunCheck, reranker: Reranker, context_for: Callable[..., Context]
) -> None:
    context = context_for(reranker, profile=profile("smoke"), limits=LIMITS)
    (outcome,) = run_check("numerics.noise-floor", context)
    assert (outcome.value, context.movement.floor_logit) == pytest.approx((1e-4, 5e-5))
    assert "300 scores, from tiny.json, measured on a machine" in outcome.evidence


def test_values_are_held_against_the_limit_of_the_file(
    run_check: RunCheck, reranker: Reranker, context_for: Callable[..., Context]
) -> None:
    context = context_for(reranker, profile=profile("smoke"), limits=LIMITS)
    (outcome,) = run_check("numerics.values", context)
    assert outcome.limit == pytest.approx(multiple_for(300) * 1e-4)


@pytest.mark.parametrize("name", PROFILES)
def test_nightly_and_release_measure_all_kernels_and_shapes(name: str) -> None:
    assert PROFILES[name].calibrates == (name in ("nightly", "release"))


def test_a_profile_that_calibrates_measures_by_the_same_code(
    reranker: Reranker, context_for: Callable[..., Context], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measure, "FULL", Plan(3, 2, 2_500))
    noise = context_for(reranker, profile=replace(profile("smoke"), calibrates=True)).noise
    assert {name.split()[1] for name, _ in noise.sources} == {"sdpa", "eager"}
    assert "measured in this run on" in noise.origin
