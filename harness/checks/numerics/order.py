"""Order matters only where the gap between two scores exceeds their noise."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "numerics.order",
    "Orders documents as the reference does",
    area=Area.NUMERICS,
    stage=Stage.REPLY,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
    beside="says whether what is off changes an order, which is what users see",
)
def order(context: Context) -> Outcome:
    """No two documents of a query whose reference scores differ by more than twice the noise change places."""
    pairs = context.judged_pairs
    reference, target = context.reference_logits(pairs), context.logits(pairs)
    gap = 2 * context.noise.limit_logit
    crossed = [g for rows in _queries(context) for g in _flips(reference[rows], target[rows], gap)]
    widest = max(crossed, default=0.0)
    return at_most(
        len(crossed),
        0,
        "flips",
        f"{len(crossed)} pairs of documents stand in another order than their reference scores say",
        evidence=f"counted above a gap of {gap:.2e} logit; the widest gap that was crossed is {widest:.3g} logit",
        remedy="wide gaps point at the reply (scores on other documents) or at the prompt; narrow ones at precision",
    )


def _queries(context: Context) -> Iterator[slice]:
    start = 0
    for documents in context.collection.candidates.values():
        yield slice(start, start + len(documents))
        start += len(documents)


def _flips(reference: Scores, target: Scores, gap: float) -> list[float]:
    """Reference gaps above `gap` that the target orders the other way or ties."""
    better = reference[:, None] - reference[None, :]
    return [float(x) for x in better[(better > gap) & (target[:, None] <= target[None, :])]]
