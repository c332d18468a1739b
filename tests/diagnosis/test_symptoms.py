"""Symptoms: what answers alone tell, where there is no model to compare with."""

from __future__ import annotations

import pytest

from harness.diagnosis.unaided import diagnosed_by_symptoms
from harness.faults import plant
from harness.reference.pipeline import Reranker
from harness.targets.reference import ReferenceTarget

#: Faults whose closed form, symmetry or repeat gives them away.
TOLD = (
    "double-sigmoid", "softmax-over-one-label", "softmax-over-one-label-then-sigmoid", "error-swallowed-into-half",
    "error-swallowed-into-zero", "raw-logit-sent", "log-probability-sent", "softmax-over-batch", "min-max-per-request",
    "standardised-per-request", "tanh-instead-of-sigmoid", "rounded-to-two-decimals", "percent-sent", "rank-sent",
    "head-zero", "first-token-read", "fields-empty", "unsorted", "sorted-ascending", "top-n-ignored",
    "top-n-off-by-one", "last-item-lost", "index-doubled", "index-from-one", "nan-state", "instruction-dropped",
    "cache-without-query", "query-empty",
)  # fmt: skip


@pytest.mark.parametrize("fault", TOLD)
def test_a_fault_with_a_closed_form_is_among_the_causes(fault: str, reranker: Reranker) -> None:
    found = diagnosed_by_symptoms(ReferenceTarget(plant(reranker, fault)), None, 512)
    assert found.verdict.value == "fail"
    assert fault in [cause.variant for cause in found.causes]


def test_answers_without_symptoms_are_not_called_sound(reranker: Reranker) -> None:
    found = diagnosed_by_symptoms(ReferenceTarget(reranker), None, 512)
    assert (found.verdict.value, found.causes) == ("inconclusive", ())
    assert "--model" in " ".join(found.remarks)
