from collections.abc import Callable
from dataclasses import replace

import pytest

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.targets.controls import ConstantControl, RandomControl

CHECK = "score-distribution.distinct"
Run = Callable[[str, Context], list[Outcome]]


def test_a_constant_ties_every_pair(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(ConstantControl(), reference=None))
    assert (outcome.status, outcome.value) == (Status.FAIL, 1.0)
    assert "1 different scores" in outcome.evidence


def test_different_scores_pass(context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(RandomControl(), reference=None))
    assert (outcome.status, outcome.value) == (Status.PASS, 0.0)


@pytest.mark.parametrize("text", ["the same", ""])
def test_equal_documents_may_be_tied(
    text: str, judged: Judged, context_for: Callable[..., Context], run_check: Run
) -> None:
    alike = replace(judged, documents=dict.fromkeys(judged.documents, text))
    (outcome,) = run_check(CHECK, context_for(ConstantControl(), collection=alike, reference=None))
    assert outcome.status is Status.PASS
