from collections.abc import Callable

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.scores import to_probability
from harness.core.vocabulary import Status
from harness.targets.controls import ConstantControl, RandomControl
from harness.targets.function import FunctionTarget

CHECK = "score-distribution.double-sigmoid"
Run = Callable[[str, Context], list[Outcome]]


def doubled(query: str, documents: list[str], instruction: str | None) -> list[float]:
    return list(to_probability(RandomControl().score(query, documents, instruction)))


def test_a_second_sigmoid_is_seen_and_taken_back(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(FunctionTarget(doubled, "python:test:doubled"), reference=None))
    assert outcome.status is Status.FAIL
    assert "with one sigmoid less they would lie in [0.00" in outcome.evidence


def test_a_constant_is_left_to_the_check_that_explains_it(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(ConstantControl(0.7310586), reference=None))
    assert outcome.status is Status.NOT_VERIFIED
    assert "named-constants" in outcome.message


def test_ordinary_probabilities_pass(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None))
    assert outcome.status is Status.PASS
