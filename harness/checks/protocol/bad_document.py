"""One bad document among good ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from harness.checks.context import Context
from harness.checks.protocol.asking import (
    attempt,
    is_whole,
    logits_of,
    patience,
    sample,
    scaled,
    server_of,
    told,
)
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most, holds
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.reply import in_document_order
from harness.targets.http.dialect import Ask

BAD = {
    "an empty document": "",
    "a blank document": " \n\t ",
    "a document of control characters": "\x00\x01\x1b[31m",
    "a document far beyond the input limit": "word " * 20_000,
}


@check(
    "protocol.bad-document",
    "One bad document does not change the others",
    area=Area.PROTOCOL,
    stage=Stage.BATCH,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
    beside="names the document that spoils the others",
)
def bad_document(context: Context) -> list[Outcome]:
    """Among good documents an empty, a blank, an unprintable or a far too long one is either refused together with
    them, or all are answered and the good ones score as without it.
    """
    server = server_of(context)
    good = scaled(server, sample(context, 4))
    scores = logits_of(server, good, in_document_order(server.reply(good).lines, 4))
    wait = 4 * patience(server, good)
    return [_outcome(context, good, scores, name, text, wait) for name, text in BAD.items()]


def _outcome(
    context: Context, good: Ask, alone: np.ndarray[tuple[int], np.dtype[np.float64]], name: str, text: str, wait: float
) -> Outcome:
    server = server_of(context)
    ask = replace(good, documents=(*good.documents[:2], text, *good.documents[2:]))
    call = server.call(ask)
    tried = attempt(server, call, wait)
    status = None if tried.exchange is None else tried.exchange.status
    if tried.exchange is None or status != 200:
        refused = status is not None and 400 <= status < 500
        message = tried.problem if status is None else f"refused with status {status}"
        return holds(refused, f"{name}: {message}", evidence="" if refused else told(server, call), subject=name)
    wrong = is_whole(server, tried.exchange, 5)
    if wrong:
        return holds(False, f"{name}: {wrong}", evidence=told(server, call), subject=name)
    among = logits_of(server, ask, in_document_order(server.dialect.read(tried.exchange).lines, 5))
    worst, limit = float(distance(np.delete(among, 2), alone).max()), tolerance(context)[0]
    return at_most(
        worst,
        limit,
        "logit",
        f"{name}: the others move by up to {worst:.2e} logit",
        evidence=told(server, call) if worst > limit else "",
        remedy="the bad document shifts the others' places, or its padding reaches them",
        subject=name,
    )
