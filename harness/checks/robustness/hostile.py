"""Hostile texts as document and as query."""

from __future__ import annotations

import numpy as np

from fixtures.texts import HOSTILE, HostileText
from harness.checks.context import Context
from harness.checks.lengths import refused_as_too_long
from harness.checks.registry import check
from harness.core.errors import DeviceError, HarnessError, MalformedAnswer, TargetError
from harness.core.findings import Outcome, holds
from harness.core.pairs import Pair
from harness.core.scores import Scale
from harness.core.vocabulary import Area, Phase, Stage


@check(
    "robustness.hostile-texts",
    "Hostile texts get a score or a loud error",
    area=Area.ROBUSTNESS,
    stage=Stage.ENCODE,
    phase=Phase.INVARIANTS,
    beside="sends what stops a server, which no ordinary text does",
)
def hostile_texts(context: Context) -> list[Outcome]:
    """Each hostile text, as document and as query, is answered with a finite score on the declared scale; only a text
    that UTF-8 cannot carry, or one beyond the input limit, may be refused. A request without documents gets no scores,
    or a loud error.
    """
    ordinary = context.probes[0]
    wrong = []
    for hostile in HOSTILE:
        for place, pair in (
            ("document", Pair(ordinary.query, hostile.text)),
            ("query", Pair(hostile.text, ordinary.document)),
        ):
            problem = _problem(context, pair, hostile)
            wrong += [f"{hostile.id} as {place}: {problem}"] if problem else []
    texts = holds(
        not wrong,
        f"{len(wrong)} of {2 * len(HOSTILE)} hostile inputs are answered wrongly",
        evidence="; ".join(wrong[:5]),
        remedy="a text of a user must not stop the server: answer it, or refuse it by itself with an error",
    )
    return [texts, _no_documents(context)]


def _problem(context: Context, pair: Pair, hostile: HostileText) -> str:
    """What is wrong with the answer, or an empty string; TargetError where the text has ended the target, and
    DeviceError where the device is at fault.
    """
    try:
        score = float(context.fresh_scores([pair])[0])
    except DeviceError:
        raise
    except HarnessError as error:
        _still_answers(context, f"after the hostile text {hostile.id!r}")
        allowed = not hostile.admissible or refused_as_too_long(context, pair, error)
        return "" if allowed else f"refused ({error})"[:160]
    if not np.isfinite(score):
        return f"scored {score}"
    in_range = context.target.capabilities.scale is not Scale.PROBABILITY or 0 <= score <= 1
    return "" if in_range else f"scored {score:g}"


def _no_documents(context: Context) -> Outcome:
    try:
        scores = context.target.score(context.probes[0].query, [], None)
        shown = f"a request without documents is answered with {len(scores)} scores"
    except HarnessError as error:
        scores, shown = [], f"a request without documents is refused: {error}"[:200]
    _still_answers(context, "after a request without documents")
    remedy = "answer with an empty list, or refuse the request with an error that says why"
    return holds(not scores, shown, remedy=remedy, subject="no documents")


def _still_answers(context: Context, when: str) -> None:
    """TargetError that says since when an ordinary pair is no longer answered; a malformed answer is an answer."""
    try:
        context.fresh_scores(context.probes[:1])
    except MalformedAnswer:
        raise
    except TargetError as error:
        raise TargetError(f"{when} the target no longer answers an ordinary request: {error}") from error
