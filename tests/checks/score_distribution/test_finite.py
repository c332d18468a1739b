from collections.abc import Callable

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.controls import RandomControl
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.finite"
Run = Callable[[str, Context], list[Outcome]]


def test_finite_scores_pass(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None))
    assert (outcome.status, outcome.value) == (Status.PASS, 0)


def test_a_single_nan_is_found_and_shown(context_for: Callable[..., Context], run_check: Run) -> None:
    context = context_for(None, reference=None)
    spoilt = context.judged_pairs[7]

    def once_nan(query: str, documents: list[str], instruction: str | None) -> list[float]:
        return [float("nan") if (query, d) == (spoilt.query, spoilt.document) else 0.5 for d in documents]

    context.target = FunctionTarget(once_nan, "python:test:once_nan")
    (outcome,) = run_check(CHECK, context)
    assert (outcome.status, outcome.value) == (Status.FAIL, 1)
    assert spoilt.query in outcome.evidence
