"""The reference's fast way is not believed because its slow way is right."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from torch import Tensor

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.vocabulary import Status
from harness.reference.pipeline import Reranker
from harness.reference.prefixes import Continuation
from harness.reference.shared_prefix import SharedPrefix


class MixedUp(SharedPrefix):
    """Answers belong to other prompts."""

    def __call__(self, prompts: Sequence[Continuation]) -> Tensor:
        return super().__call__(prompts).flip(0)


def test_a_fast_way_that_mixes_up_its_prompts_is_seen(
    context_for: Callable[..., Context], run_check: Callable[..., list[Outcome]], reference: Reranker
) -> None:
    mixed: Any = replace(reference, shared=MixedUp(reference.stages.batch, reference.stages.forward))  # type: ignore[arg-type]
    recipe, at_once = run_check("compatibility.reference-trusted", context_for(mixed, reference=mixed))
    assert (recipe.status, at_once.status) == (Status.PASS, Status.FAIL)
    assert "many at once differ" in at_once.message
