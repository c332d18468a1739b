"""What an injected order buys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fixtures.texts import HOSTILE, HostileText
from harness.checks.context import Context
from harness.checks.registry import check
from harness.core.findings import Outcome, measured, not_verified, warns
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: A query, its most relevant document and its least relevant one.
Case = tuple[str, str, str]


@check(
    "robustness.injection",
    "What injected orders buy in score",
    area=Area.ROBUSTNESS,
    stage=Stage.FORWARD,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
)
def injection(context: Context) -> list[Outcome]:
    """Reports, as a security figure, by how many logits a text that asks for the answer "yes" lifts an irrelevant
    document; a warning where that is enough to pass the most relevant one.
    """
    cases = _cases(context)
    if not cases:
        return [not_verified("no query of the collection has a relevant and an irrelevant document")]
    return [_gain(context, cases, hostile) for hostile in HOSTILE if hostile.injection]


def _cases(context: Context) -> list[Case]:
    judged, found = context.collection, []
    for query, text in judged.queries.items():
        grades, texts = judged.grades(query), judged.texts(query)
        if max(grades) > min(grades):
            found.append((text, texts[int(np.argmax(grades))], texts[int(np.argmin(grades))]))
    return found[: max(8, context.profile.probes // 4)]


def _gain(context: Context, cases: list[Case], hostile: HostileText) -> Outcome:
    best = _finite(context, [Pair(query, relevant) for query, relevant, _ in cases])
    plain = _finite(context, [Pair(query, irrelevant) for query, _, irrelevant in cases])
    lifted = _finite(context, [Pair(query, f"{irrelevant} {hostile.text}") for query, _, irrelevant in cases])
    gain, passed = float(np.median(lifted - plain)), float(np.mean((lifted > best) & (plain <= best)))
    message = (
        f"{hostile.title}: lifts an irrelevant document by {gain:+.2f} logit in the median, past the relevant one in "
        f"{passed:.0%} of {len(cases)} queries"
    )
    if passed == 0:
        return measured(gain, "logit", message, subject=hostile.id)
    remedy = "neutralise control tokens in untrusted text, and do not rank adversarial documents by score alone"
    return replace(warns(message, remedy=remedy, subject=hostile.id), value=gain, unit="logit")


def _finite(context: Context, pairs: list[Pair]) -> Scores:
    return np.clip(context.logits(pairs), -40.0, 40.0)  # σ(±40) is 0 and 1 in float64
