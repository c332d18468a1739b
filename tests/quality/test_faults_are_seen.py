"""Which check sees which fault: a fault that survives is a hole in the harness."""

from collections.abc import Callable

import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.faults import all_faults, plant
from harness.reference.pipeline import Reranker

#: One black-box check for each fault: it would see the fault behind a server too, where no stage can be looked into.
SEEN_BY = {
    "template-absent": "numerics.values",
    "suffix-missing": "numerics.values",
    "suffix-doubled": "numerics.values",
    "system-part-missing": "numerics.values",
    "think-block-missing": "numerics.values",
    "final-newline-lost": "numerics.values",
    "instruction-dropped": "prompt.instruction-effect",
    "fields-swapped": "numerics.values",
    "document-empty": "score-distribution.spread",
    "suffix-truncated": "prompt.truncation",
    "control-tokens-as-text": "prompt.control-tokens",
    "bos-added": "numerics.values",
    "whitespace-stripped": "numerics.values",
    "last-column-read": "invariants.neighbours",
    "mask-missing": "invariants.neighbours",
    "padded-with-zeros": "invariants.neighbours",
    "nan-state": "score-distribution.finite",
    "low-precision": "numerics.values",
    "first-token-read": "score-distribution.spread",
    "capitalised-answers": "numerics.values",
    "answers-swapped": "ranking-quality.above-chance",
    "head-zero": "score-distribution.named-constants",
    "head-random": "ranking-quality.above-chance",
    "double-sigmoid": "score-distribution.double-sigmoid",
    "softmax-over-one-label": "score-distribution.named-constants",
    "softmax-over-one-label-then-sigmoid": "score-distribution.named-constants",
    "error-swallowed-into-half": "score-distribution.named-constants",
    "raw-logit-sent": "score-distribution.in-range",
    "softmax-over-batch": "invariants.neighbours",
    "saturated-in-half-precision": "score-distribution.saturation",
    "scores-zipped-with-sorted-order": "invariants.permutation",
    "drift-over-repeats": "invariants.determinism",
    "cache-without-query": "invariants.query-matters",
}


def test_the_faults_are_of_the_library() -> None:
    assert set(SEEN_BY) <= {f.id for f in all_faults()}


@pytest.mark.parametrize("fault", SEEN_BY)
def test_the_fault_is_seen(
    fault: str,
    reranker: Reranker,
    context_for: Callable[..., Context],
    run_check: Callable[[str, Context], list[Outcome]],
) -> None:
    outcomes = run_check(SEEN_BY[fault], context_for(plant(reranker, fault)))
    assert Status.FAIL in {o.status for o in outcomes}
