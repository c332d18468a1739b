"""Who puts the pair into the model's prompt."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance
from harness.core.errors import Refused
from harness.core.findings import Outcome, at_most
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage, Status
from harness.targets.preformatted import halves

PAIRS = 8


@check(
    "prompt.applied-by",
    "Exactly one party applies the prompt",
    area=Area.PROMPT,
    stage=Stage.ASSEMBLE,
    phase=Phase.PROMPT,
    severity=Severity.CRITICAL,
    needs=(Need.REFERENCE, Need.TEMPLATE),
    beside="says who applies the prompt, and how often, where values only say that something is off",
)
def applied_by(context: Context) -> Outcome:
    """Plain pairs score as the reference does, and pairs that the caller has put into the prompt do not: so the target
    applies the prompt, and once. Where only the latter do, it is the caller who has to; and where the caller does
    (--prompt caller), those score as the reference does.
    """
    assert context.reference is not None
    if context.target.capabilities.prompt_by_caller:
        return _by_caller(context)
    template = context.reference.parts.checkpoint.family.template
    assert template is not None
    declared = "" if context.target.capabilities.applies_prompt else "; the target declares that it applies none"
    plain = list(context.probes[:PAIRS])
    formatted = [Pair(*halves(template, pair)) for pair in plain]
    defined = context.reference_logits(plain)
    apart_plain = float(distance(context.logits(plain), defined).max())
    answered = _answered(context, formatted)
    apart_formatted = None if answered is None else float(distance(answered, defined).max())
    limit = context.noise.limit_logit
    by_caller = answered is not None and _are(answered, defined, context.reference_logits(formatted), limit)
    reading = _reading(apart_plain <= limit, by_caller)
    if apart_formatted is not None and min(apart_plain, apart_formatted) > limit:
        nearer = "plain pairs" if apart_plain < apart_formatted else "pairs that the caller has put into the prompt"
        reading = f"{reading}; {nearer} come nearer"
    shown = "refused" if apart_formatted is None else f"{apart_formatted:.2e} logit"
    sound = apart_plain <= limit and not by_caller
    return Outcome(
        Status.PASS if sound else Status.FAIL,
        reading,
        value=apart_plain,
        limit=limit,
        margin=limit - apart_plain,
        unit="logit",
        evidence=f"deviation from the reference: plain pairs {apart_plain:.2e} logit, pairs in the prompt {shown}; "
        f"{len(plain)} pairs{declared}",
        remedy="" if sound else "give the server the model's rerank template, or send prompts (--prompt caller)",
    )


def _by_caller(context: Context) -> Outcome:
    """The pairs of this context are put into the prompt before they are sent: here it must get there as it is."""
    plain = list(context.probes[:PAIRS])
    apart, limit = (
        float(distance(context.logits(plain), context.reference_logits(plain)).max()),
        context.noise.limit_logit,
    )
    arrives = "score as the model defines" if apart <= limit else "do not score as the model defines"
    return at_most(
        apart,
        limit,
        "logit",
        f"pairs that the caller has put into the prompt {arrives}",
        evidence=f"deviation from the reference {apart:.2e} logit on {len(plain)} pairs",
        remedy="the target changes the texts (blanks at the ends, line breaks), or applies a prompt of its own on top",
    )


def _answered(context: Context, pairs: list[Pair]) -> Scores | None:
    try:
        return context.logits(pairs)
    except Refused:
        return None


def _are(scores: Scores, these: Scores, those: Scores, limit: float) -> bool:
    """Whether scores are these and not those. The limit alone does not tell in half precision: a second prompt around
    the first moves the embedded model's scores by 0.12 logit, which bfloat16 does too, but not to all of them.
    """
    near, far = distance(scores, these), distance(scores, those)
    return bool(near.max() <= limit and np.median(near) <= np.median(far))


def _reading(plain: bool, formatted: bool) -> str:
    match plain, formatted:
        case True, False:
            return "the target applies the prompt, once"
        case False, True:
            return "the target applies no prompt: only pairs that the caller has put into it score as the model defines"
        case True, True:
            return "plain pairs and pairs in the prompt score alike: the texts do not reach the model as they are sent"
    return "neither plain pairs nor pairs in the prompt score as the model defines: another prompt, or more is wrong"
