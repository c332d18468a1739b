"""Limits that were calibrated beforehand flag nothing healthy, whichever kernel and batches it computes with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.calibration.probes import Plan
from harness.calibration.reading import write_calibration
from harness.checks.registry import Check, all_checks
from harness.core.vocabulary import Area, Status
from harness.engine.calibration import Asked, calibrate
from harness.engine.resolve import resolve_model
from harness.engine.session import verify
from harness.engine.setup import Request
from harness.reference.devices import Device
from harness.reference.loading import load_reranker
from harness.targets.reference import ReferenceTarget

AREAS = (Area.NUMERICS, Area.PROMPT, Area.RANKING_QUALITY, Area.ROBUSTNESS)
#: The coarsest, in which kernels and batches differ most.
DTYPES = ("bfloat16",)
#: Kernel of attention, and what else differs from the reference target.
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "shared prefix": ("sdpa", {}),
    "eager": ("eager", {}),
    "padded": ("sdpa", {"shared": None, "most_padding": 1.0, "tokens_per_batch": 8_192}),
    "alone": ("sdpa", {"shared": None, "tokens_per_batch": 1}),
}
#: The reference's own way, and batches that "alone" differs from more.
LIKE_OTHERS = ("shared prefix", "padded")


def checks() -> list[Check]:
    return [check for check in all_checks() if check.area in AREAS]


@pytest.fixture(scope="module", params=DTYPES)
def calibrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A dtype, and a file of what was measured in it."""
    path = tmp_path_factory.mktemp("calibration") / f"{request.param}.json"
    asked = Asked("cpu", (request.param,), ("sdpa", "eager"), Plan(lengths=11, each=9, tokens=131_072))
    write_calibration(calibrate(resolve_model("tiny-causal"), asked), path)
    return request.param, path


@pytest.mark.xdist_group("calibrated")
@pytest.mark.parametrize(
    "way",
    [pytest.param(way, marks=pytest.mark.endurance if way in LIKE_OTHERS else pytest.mark.slow) for way in WAYS],
)
def test_a_healthy_target_is_not_flagged(way: str, calibrated: tuple[str, Path]) -> None:
    dtype, path = calibrated
    kernel, changes = WAYS[way]
    reranker = load_reranker(resolve_model("tiny-causal"), Device("cpu"), dtype=dtype)
    module: Any = reranker.parts.module
    module.set_attn_implementation(kernel)
    target = ReferenceTarget(replace(reranker, **changes))
    request = Request(model="tiny-causal", profile="smoke", calibration=path, given_target=target)
    findings = verify(request, lambda event: None, checks())
    assert [(f.check, f.message) for f in findings if f.status in (Status.FAIL, Status.ERROR)] == []
