"""Diagnosis flags no healthy target, in whatever legitimate way it differs from the reference.

`make detection` draws two hundred and more of them.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness.detection.healthy import WAYS, Configuration, opened
from harness.detection.trials import diagnosis_of_healthy
from harness.diagnosis.result import Judgement
from harness.diagnosis.weights import Weights
from harness.engine.diagnosis import Model


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(len(WAYS)))
def test_a_healthy_target_is_not_flagged(seed: int, weights: Weights) -> None:
    drawn = Configuration.drawn(seed)
    with opened(drawn) as target:
        model = Model(weights, weights.reranker.parts.checkpoint.max_length)
        found = diagnosis_of_healthy(drawn, target, model)
    assert (found.verdict, found.causes) == (Judgement.PASS, ()), (drawn, found.summary)


def test_none_of_two_hundred_healthy_targets_was_flagged() -> None:
    path = Path(__file__).parents[2] / "reports" / "detection.json"
    healthy = json.loads(path.read_text(encoding="utf-8"))["healthy"]
    assert healthy["configurations"] >= 200
    assert healthy["flagged"] == []
