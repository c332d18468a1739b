"""Inputs that are too long, with and without leave to shorten them."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.prompt.truncation import FILLER
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
from harness.checks.tolerance import distance
from harness.core.findings import Outcome, at_most, holds, not_applicable, not_verified, warns
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage
from harness.targets.http.dialect import Ask, Misuse, Option
from harness.targets.http.exchange import Call
from harness.targets.http.server import Server


@check(
    "protocol.truncation",
    "Over-long input is shortened only with leave, and well",
    area=Area.PROTOCOL,
    stage=Stage.ENCODE,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
    beside="asks for truncation and declines it, as no other check does",
)
def truncation(context: Context) -> list[Outcome]:
    """A document of twice the input limit is refused where truncation is declined. Where it is asked for, the pair is
    answered and, where there is a reference, with the score of a prompt whose body was cut and whose frame was kept.
    """
    server = server_of(context)
    limit = server.facts.input_limit or (context.checkpoint.max_length if context.checkpoint else None)
    if Option.TRUNCATE not in server.dialect.options:
        return [not_applicable("the dialect has no choice of truncation")]
    if limit is None:
        return [not_verified("the input limit is not known", remedy="name the checkpoint (--model)")]
    short = scaled(server, sample(context, 1))
    # a token holds at least one byte of text and English has about five, so this is beyond every limit
    long = replace(short, documents=(short.query + FILLER * (2 * limit // 12),))
    wait = 4 * patience(server, short)
    return [_declined(server, replace(long, truncate=False), wait), *_asked_for(context, long, wait)]


def _declined(server: Server, ask: Ask, wait: float) -> Outcome:
    call = server.call(ask)
    tried = attempt(server, call, wait)
    status = None if tried.exchange is None else tried.exchange.status
    allowed = server.dialect.statuses(Misuse.TOO_LONG)
    return holds(
        status in allowed,
        f"declined: {tried.problem or f'status {status}'}, documented {', '.join(map(str, sorted(allowed)))}",
        evidence="" if status in allowed else told(server, call),
        remedy="who declines truncation wants to know that a document was not read to its end",
        subject="declined",
    )


def _asked_for(context: Context, long: Ask, wait: float) -> list[Outcome]:
    server = server_of(context)
    ask = replace(long, truncate=True)
    call = server.call(ask)
    tried = attempt(server, call, wait)
    answered = tried.exchange is not None and tried.exchange.status == 200
    wrong = is_whole(server, tried.exchange, 1) if answered and tried.exchange else ""
    if tried.exchange is None or not answered or wrong:
        status = tried.problem or (f"status {tried.exchange.status}" if tried.exchange else "")
        return [holds(False, f"asked for: {wrong or status}", evidence=told(server, call), subject="asked for")]
    outcomes = [holds(True, "asked for: answered", subject="asked for")]
    if context.reference is not None and not context.target.capabilities.prompt_by_caller:
        found = logits_of(server, ask, [server.dialect.read(tried.exchange).lines[0].score])
        expected = context.reference_logits([Pair(ask.query, ask.documents[0])])
        outcomes.append(_value(context, call, float(distance(found, expected).max())))
    return outcomes


def _value(context: Context, call: Call, apart: float) -> Outcome:
    """A server that shortens unasked has to do it well; one that does it only when asked gets its callers warned."""
    server, limit = server_of(context), context.noise.limit_logit
    message = f"the shortened pair scores {apart:.2e} logit from the reference, which keeps the prompt's frame"
    evidence = told(server, call) if apart > limit else ""
    remedy = "cut the document before it is put into the prompt: afterwards the cut takes the suffix, which is read"
    if apart > limit and server.facts.truncates is False:
        return warns(f"who asks for truncation gets another score: {message}", evidence=evidence, remedy=remedy,
                     subject="value")  # fmt: skip
    return at_most(apart, limit, "logit", message, evidence=evidence, remedy=remedy, subject="value")
