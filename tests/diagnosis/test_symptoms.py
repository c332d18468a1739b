"""Symptoms: what answers alone tell, where there is no model to compare with."""

from __future__ import annotations

import re

import pytest

from harness.diagnosis.answers import Answer
from harness.diagnosis.examination import Step, asked
from harness.diagnosis.symptoms import remarks, signs
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


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("cache-without-query", "another query gives the very same scores, "),
        ("cache-without-instruction", "another instruction gives the very same scores, "),
    ],
)
def test_what_comes_at_once_is_told_to_be_kept(fault: str, told: str, reranker: Reranker) -> None:
    found = diagnosed_by_symptoms(ReferenceTarget(plant(reranker, fault)), None, 512)
    assert found.causes[0].variant == fault
    assert re.search(told + r"\d+ times faster than fresh documents", found.causes[0].evidence)
    assert any(re.fullmatch(r"a repeated request is answered \d+ times faster: answers are kept", remark)
               for remark in found.remarks)  # fmt: skip


@pytest.mark.parametrize("fault", ["query-empty", "instruction-dropped"])
def test_what_is_computed_anew_is_told_to_be_lost(fault: str, reranker: Reranker) -> None:
    found = diagnosed_by_symptoms(ReferenceTarget(plant(reranker, fault)), None, 512)
    assert found.causes[0].variant == fault


def timed(step: str, seconds: float, *scores: float) -> tuple[Step, tuple[Answer, ...]]:
    request = asked("a query", ["a document", "another", "a third"])
    return Step(step, (request,), "a test"), (Answer(scores, named=(0, 1, 2), seconds=seconds),)


def test_where_repeats_are_kept_but_another_query_takes_its_time_the_query_is_lost() -> None:
    seen = [
        timed("core", 0.9, 0.1234, 0.2, 0.3), timed("repeat", 0.01, 0.1234, 0.2, 0.3),
        timed("other-query", 0.8, 0.1234, 0.2, 0.3), timed("twins", 1.0, 0.4, 0.2, 0.6),
    ]  # fmt: skip
    assert [sign.fault for sign in signs(seen)] == ["query-empty"]
    assert remarks(seen) == ["a repeated request is answered 90 times faster: answers are kept"]
