"""What is measured is what is there; what cannot be computed has a reason and no numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import Tensor

from harness.calibration.measure import Ruler, limits_here, measured
from harness.calibration.result import Calibration
from harness.calibration.rows import Row
from harness.calibration.shapes import Shape
from harness.reference.attention import attention_by
from harness.reference.batch import Batch
from harness.reference.pipeline import Reranker


def test_there_is_a_row_for_each_device_kernel_and_shape(calibration: Calibration, rows: list[Row]) -> None:
    assert len(rows) == len(calibration.rows) == 3 * 2 * len(Shape)


def test_alone_the_reference_is_where_it_is(reference: Reranker, ruler: Ruler) -> None:
    first = next(measured(reference, "float64", ("sdpa",), ruler))
    assert first.spread is not None
    assert (first.spread.deviation.max, first.spread.movement.max) == (0.0, 0.0)


@pytest.mark.parametrize("kernel", ["sdpa", "eager"])
def test_the_deviation_of_float32_is_that_of_its_scores_from_float64(
    calibration: Calibration, reranker: Reranker, ruler: Ruler, kernel: str
) -> None:
    spread = calibration.measured("cpu", "float32")[f"float32 {kernel} alone"]
    with attention_by(reranker, kernel):
        found = reranker.log_odds([probe.pair for probe in ruler.probes], one_by_one=True)
    assert spread.deviation.max == pytest.approx(np.abs(found - ruler.right).max(), rel=1e-3)  # rows keep four digits


def test_nothing_moves_that_is_computed_alone_again(calibration: Calibration) -> None:
    spread = calibration.measured("cpu", "float32")["float32 sdpa alone"]
    assert (spread.movement.max, spread.repeat.max) == (0.0, 0.0)


def test_a_kernel_that_is_not_there_is_not_measured(reranker: Reranker, ruler: Ruler) -> None:
    rows = list(measured(reranker, "float32", ("flash_attention_2",), ruler))
    assert len(rows) == len(Shape)
    assert all(row.spread is None and "CUDA" in (row.reason or "") for row in rows)


def with_forward(reranker: Reranker, change: float) -> Reranker:
    """States changed by a random share: what a kernel does that adds in another order each time."""
    forward = reranker.stages.forward

    def changed(batch: Batch) -> Tensor:
        states = forward(batch)
        return states * (1 + change * torch.rand_like(states))

    return replace(reranker, stages=replace(reranker.stages, forward=changed))


def test_repeats_that_differ_are_seen(reranker: Reranker, ruler: Ruler) -> None:
    first = next(measured(with_forward(reranker, 1e-3), "float32", ("sdpa",), ruler))
    assert first.spread is not None
    assert first.spread.repeat.max > 1e-5


def test_scores_that_are_not_finite_are_no_measurement(reranker: Reranker, ruler: Ruler) -> None:
    rows = list(measured(with_forward(reranker, float("nan")), "float32", ("sdpa",), ruler))
    assert all(row.spread is None and "scores are not finite" in (row.reason or "") for row in rows)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device")
def test_a_device_that_is_not_here_has_reasons_and_no_numbers(calibration: Calibration) -> None:
    away = [row.as_dict() for row in calibration.rows if row.device == "cuda"]
    assert away
    assert {tuple(row) for row in away} == {("device", "dtype", "kernel", "shape", "status", "reason")}
    assert set(calibration.origins) == {"cpu"}


def test_limits_of_this_run_say_where_they_were_measured(
    reference: Reranker, reranker: Reranker, monkeypatch: pytest.MonkeyPatch
) -> None:
    from harness.calibration import measure
    from harness.calibration.probes import Plan

    monkeypatch.setattr(measure, "FULL", Plan(3, 2, 2_500))
    found = limits_here(reference, reranker, "float32")
    assert found is not None
    assert (found.probes >= 3, "measured in this run on" in found.origin) == (True, True)
