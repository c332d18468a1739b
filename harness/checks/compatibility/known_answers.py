"""Published answers: what a known model is known to say."""

from __future__ import annotations

import numpy as np

from fixtures.answers import KnownAnswer, answers_for, known_models
from harness.checks.context import Context
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "compatibility.known-answers",
    "The reference gives the published answers",
    area=Area.COMPATIBILITY,
    stage=Stage.FORWARD,
    phase=Phase.LOAD,
    severity=Severity.CRITICAL,
    needs=(Need.REFERENCE,),
    beside="holds the reference itself to what others measured",
)
def known_answers(context: Context) -> list[Outcome]:
    """Where scores of this very model have been published, the reference reproduces them, each within the tolerance
    that its source supports.
    """
    assert context.checkpoint is not None
    known = answers_for(context.checkpoint.id, context.checkpoint.digest)
    if not known:
        reason = f"no answers are published for {context.checkpoint.id}; they are for {', '.join(known_models())}"
        return [not_applicable(reason)]
    return [_compare(context, answer) for answer in known]


def _compare(context: Context, answer: KnownAnswer) -> Outcome:
    logits = context.reference_logits([Pair(answer.query, d, answer.instruction) for d in answer.documents])
    deviation = np.abs(logits - np.array(answer.logits))
    return at_most(
        float(deviation.max()),
        answer.tolerance_logit,
        "logit",
        f"largest deviation from the published log-odds {deviation.max():.2e}",
        evidence=f"computed {np.round(logits, 4).tolist()}, published {np.round(answer.logits, 4).tolist()}; "
        f"source: {answer.source}",
        remedy="are these the published weights? compare the digest; else the prompt, the answer tokens or the head "
        "of the reference are not what the model was published with",
        subject=answer.id,
    )
