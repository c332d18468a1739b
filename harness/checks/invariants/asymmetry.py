"""Query and document are not the same thing."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import ask_alone
from harness.checks.registry import check
from harness.checks.tolerance import distance, own_limit
from harness.core.findings import Outcome, at_least
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: A cosine is symmetric in every pair; a cross-encoder in none but by chance (measured on the embedded model: none).
LEAST = 0.5
#: Below this a swap changed nothing, in logits. A cosine of embeddings that were computed in batches of other shapes
#: moves by up to 4e-3 in bfloat16; the embedded model moves by 1.3 in the median of its swapped pairs.
SYMMETRIC = 1e-2


@check(
    "invariants.asymmetry",
    "Swapping query and document changes the score",
    area=Area.ROBUSTNESS,
    stage=Stage.HEAD,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names a cosine for what it is, where values only say that something is off",
)
def asymmetry(context: Context) -> Outcome:
    """Most pairs score differently when query and document change places: where they do not, a cosine of embeddings is
    served instead of a reranker.
    """
    pairs = context.probes
    forth = ask_alone(context, pairs)
    back = ask_alone(context, [Pair(p.document, p.query, p.instruction) for p in pairs])
    apart = distance(forth, back)
    changed = float(np.mean(apart > max(SYMMETRIC, own_limit(context))))
    return at_least(
        changed,
        LEAST,
        "share",
        f"{changed:.0%} of {len(pairs)} pairs change their score when query and document are swapped",
        evidence=f"median change {np.median(apart):.2e} logit, smallest {apart.min():.2e}",
        remedy="the engine answers with the cosine of two embeddings: start it with the reranker's head (for vLLM the "
        "sequence-classification overrides)",
    )
