"""Query and document are not the same thing."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.checks.tolerance import distance, resolution
from harness.core.findings import Outcome, at_least
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: A cosine is symmetric in every pair; a cross-encoder in none but by chance (measured on the embedded model: none).
LEAST = 0.5


@check(
    "invariants.asymmetry",
    "Swapping query and document changes the score",
    area=Area.ROBUSTNESS,
    stage=Stage.HEAD,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
)
def asymmetry(context: Context) -> Outcome:
    """Most pairs score differently when query and document change places: where they do not, a cosine of embeddings is
    served instead of a reranker.
    """
    pairs = context.probes
    forth, back = context.logits(pairs), context.logits([Pair(p.document, p.query, p.instruction) for p in pairs])
    changed = float(np.mean(distance(forth, back) > resolution(context, forth)))
    return at_least(
        changed,
        LEAST,
        "share",
        f"{changed:.0%} of {len(pairs)} pairs change their score when query and document are swapped",
        remedy="the engine answers with the cosine of two embeddings: start it with the reranker's head (for vLLM the "
        "sequence-classification overrides)",
    )
