"""What tests of calibration share: a few probes, and what is measured of them."""

from __future__ import annotations

import pytest

from harness.calibration.measure import Ruler
from harness.calibration.probes import Plan, Probe, probes
from harness.calibration.result import Calibration
from harness.calibration.rows import Row
from harness.engine.calibration import Asked, calibrate
from harness.engine.resolve import resolve_model
from harness.reference.pipeline import Reranker

FEW = Plan(lengths=3, each=3, tokens=4_000)


@pytest.fixture(scope="session")
def few(reference: Reranker) -> tuple[Probe, ...]:
    """Nine probes of three lengths, as far as the tokens last."""
    return probes(reference, FEW)


@pytest.fixture(scope="session")
def ruler(reference: Reranker, few: tuple[Probe, ...]) -> Ruler:
    """The few probes with what the embedded model defines for them."""
    return Ruler.of(reference, few)


@pytest.fixture(scope="session")
def rows() -> list[Row]:
    """The rows of `calibration`, in the order in which they were told."""
    return []


@pytest.fixture(scope="session")
def calibration(rows: list[Row]) -> Calibration:
    """The embedded model in float32 by two kernels, measured on the CPU."""
    asked = Asked("cpu", ("float32",), ("sdpa", "eager"), FEW, "rerank-harness calibrate --device cpu")
    return calibrate(resolve_model("tiny-causal"), asked, rows.append)
