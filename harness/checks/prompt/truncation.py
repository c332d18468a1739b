"""Long documents, seen from outside."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance
from harness.core.errors import Refused
from harness.core.findings import Outcome, at_most, holds
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage

FILLER = " The committee met in the afternoon and agreed to meet again in spring."
SHARES = (0.5, 0.9, 1.0, 1.1, 2.0)


@check(
    "prompt.truncation",
    "Over-long documents are cut as the model defines",
    area=Area.PROMPT,
    stage=Stage.ENCODE,
    phase=Phase.INVARIANTS,
    needs=(Need.REFERENCE, Need.TEMPLATE),
)
def truncation(context: Context) -> Outcome:
    """A relevant sentence followed by filler, up to twice the context, scores at every length as the reference does:
    a suffix that is cut off, or a query that is eaten, shows here in any target.
    """
    assert context.reference is not None
    query = context.probes[0].query
    tokens = len(context.reference.parts.encoder.ids(FILLER))
    limit = context.reference.parts.checkpoint.max_length
    pairs = [Pair(query, query + FILLER * int(share * limit / tokens)) for share in SHARES]
    answered = {
        share: found for share, pair in zip(SHARES, pairs, strict=True) if (found := _apart(context, pair)) is not None
    }
    refused = [share for share in SHARES if share not in answered]
    if any(share < 1 for share in refused):
        return holds(False, f"a document of {min(refused):g} times the context of {limit} tokens is refused")
    apart = np.concatenate(list(answered.values()))
    shown = ", ".join(f"{share:g}x: {float(d[0]):.1e}" for share, d in answered.items())
    shown += f"; refused, which is no cut: {', '.join(f'{share:g}x' for share in refused)}" if refused else ""
    return at_most(
        float(apart.max()),
        context.noise.limit_logit,
        "logit",
        f"at lengths up to twice the context scores deviate by up to {apart.max():.2e} logit",
        evidence=f"deviation at multiples of {limit} tokens: {shown}",
        remedy="truncation after templating cuts the suffix; truncation on the left cuts the prefix and the query",
    )


def _apart(context: Context, pair: Pair) -> Scores | None:
    """How far the target is from the reference, shape (1,); None where it refuses the pair."""
    try:
        return distance(context.logits([pair]), context.reference_logits([pair]))
    except Refused:
        return None
