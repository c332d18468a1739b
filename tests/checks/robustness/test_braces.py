from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.pairs import Pair
from harness.core.vocabulary import Status
from harness.reference.assemble import Prompt
from harness.reference.pipeline import Reranker

CHECK = "robustness.braces"
Run = Callable[[str, Context], list[Outcome]]


def filled_twice(reranker: Reranker, field: str) -> Reranker:
    """Fields of the template are looked for in the filled prompt once more, as chained str.replace does."""
    healthy = reranker.stages.assemble

    def assemble(pair: Pair) -> Prompt:
        prompt = healthy(pair)
        return replace(prompt, body=prompt.body.replace(f"{{{field}}}", getattr(pair, field)))

    return replace(reranker, stages=replace(reranker.stages, assemble=assemble))


def test_braces_stay_as_they_are(reranker: Reranker, context_for: Callable[..., Context], run_check: Run) -> None:
    (outcome,) = run_check(CHECK, context_for(reranker))
    assert outcome.status is Status.PASS


@pytest.mark.parametrize("field", ["query", "document"])
def test_a_field_filled_twice_is_found(
    field: str, reranker: Reranker, context_for: Callable[..., Context], run_check: Run
) -> None:
    (outcome,) = run_check(CHECK, context_for(filled_twice(reranker, field)))
    assert outcome.status is Status.FAIL
    assert f"2 times beside {{{field}}}" in outcome.message
