"""Who verifies the reference?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from harness.checks.compatibility.recipe import recipe_logits
from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: In float64 two computations of one definition differ by rounding only: at most 2e-14 logit was measured on the
#: embedded models, and 1e-6 is far below what any variant of a stage changes.
FLOAT64_LIMIT = 1e-6
#: Two float32 paths were measured to differ by up to 1e-4 logit (sentence-transformers' own tests accept as much).
FLOAT32_LIMIT = 1e-3
#: The recipe takes one pair at a time: enough pairs to meet every length and language.
PAIRS = 16


@check(
    "compatibility.reference-trusted",
    "The reference agrees with an independent recipe",
    area=Area.COMPATIBILITY,
    stage=Stage.FORWARD,
    phase=Phase.LOAD,
    severity=Severity.CRITICAL,
    needs=(Need.REFERENCE,),
    beside="holds the reference itself to another recipe: all values are compared with it",
)
def reference_trusted(context: Context) -> list[Outcome]:
    """Pair by pair, the reference's log-odds equal those of a few-line recipe over plain transformers that shares none
    of its stages: to 1e-6 logit where it computes in float64. Many pairs at once, of one query and of several, have the
    same log-odds as closely.
    """
    reference = context.reference
    assert reference is not None
    probes = context.probes[:: max(1, len(context.probes) // PAIRS)]
    recipe = recipe_logits(reference.parts.checkpoint, probes, _answers(reference), reference.parts.precision.dtype)
    several = tuple(dict.fromkeys((*probes, *context.judged_pairs[:PAIRS])))
    alone = reference.log_odds(several, one_by_one=True)
    return [
        _agree(reference, probes, alone[: len(probes)], recipe, "reference and recipe"),
        _agree(reference, several, alone, reference.log_odds(several), "pairs one by one and many at once"),
    ]


def _agree(reference: Reranker, pairs: Sequence[Pair], found: Scores, expected: Scores, subject: str) -> Outcome:
    import torch

    deviation, dtype = np.abs(found - expected), reference.parts.precision.dtype
    worst = int(deviation.argmax())
    return at_most(
        float(deviation.max()),
        FLOAT64_LIMIT if dtype == torch.float64 else FLOAT32_LIMIT,
        "logit",
        f"{subject} differ by at most {deviation.max():.1e} logit on {len(pairs)} pairs",
        evidence=f"in {dtype}; worst pair: {pairs[worst].query!r} / {pairs[worst].document[:60]!r}",
        remedy="nothing that is compared with this reference can be believed: report this as a defect of the harness, "
        "with the versions of torch and transformers",
        subject=subject,
    )


def _answers(reference: Reranker) -> tuple[int, ...]:
    """Token ids of a causal model's answers, or the label columns of a classifier; positive first."""
    activation = reference.parts.activation
    labels = (activation.positive,) if activation.negative is None else (activation.positive, activation.negative)
    return reference.parts.answer_ids or labels
