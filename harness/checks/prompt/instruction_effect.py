"""The instruction."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import check
from harness.checks.tolerance import distance, own_limit
from harness.core.findings import Outcome, at_least, at_most, not_applicable
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage

INSTRUCTIONS = (
    "Given a question, find documents that mention a river",
    "Judge whether the document is a recipe for cooking",
)
PAIRS = 16
#: A dropped instruction moves no score; a used one moved every probe of the embedded model.
LEAST = 0.9


@check(
    "prompt.instruction-effect",
    "The instruction has an effect",
    area=Area.PROMPT,
    stage=Stage.ASSEMBLE,
    phase=Phase.INVARIANTS,
)
def instruction_effect(context: Context) -> list[Outcome]:
    """Other instructions than the default change the scores of nearly all probes and, where there is a reference, to
    the values that the reference gives under them.
    """
    if not context.target.capabilities.instruction:
        return [not_applicable("the target declares that it takes no instruction")]
    plain = context.probes[:PAIRS]
    default = context.logits(plain)
    told = [[Pair(p.query, p.document, instruction) for p in plain] for instruction in INSTRUCTIONS]
    least = own_limit(context)
    moved = [float(np.mean(distance(context.logits(t), default) > least)) for t in told]
    outcomes = [
        at_least(
            min(moved),
            LEAST,
            "share",
            f"{min(moved):.0%} of {len(plain)} scores change with the instruction",
            evidence=f"instructions: {'; '.join(INSTRUCTIONS)}",
            remedy="the instruction is accepted and not used: it is baked into the template, or not forwarded",
            subject="effect",
        )
    ]
    if context.reference is not None:
        apart = max(float(distance(context.logits(t), context.reference_logits(t)).max()) for t in told)
        message = f"under other instructions scores deviate from the reference by up to {apart:.2e} logit"
        outcomes.append(at_most(apart, context.noise.limit_logit, "logit", message, subject="values"))
    return outcomes
