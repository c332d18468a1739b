"""Options that shorten a document: from its beginning, or to a number of tokens."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.prompt.truncation import FILLER
from harness.checks.protocol.asking import logits_of, sample, scaled, server_of, told
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_least, at_most, not_applicable
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage
from harness.reference.reply import in_document_order
from harness.targets.http.dialect import Ask, Option

#: Words of a document that are to be read, of twice as many.
WORDS = 24


@check(
    "protocol.shortening",
    "Options that shorten a document do what they say",
    area=Area.PROTOCOL,
    stage=Stage.ENCODE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER, Need.REFERENCE),
)
def shortening(context: Context) -> list[Outcome]:
    """A document of which only the first tokens are to be read scores as those tokens do by themselves. One that is
    far too long scores otherwise when it may lose its beginning than when it may lose its end, where the evidence is.
    """
    options = server_of(context).dialect.options
    outcomes = [_first_tokens(context)] if Option.DOCUMENT_TOKENS in options else []
    outcomes += [_from_the_left(context)] if Option.KEEP_END in options else []
    return outcomes or [not_applicable("the dialect has no options that shorten a document")]


def _first_tokens(context: Context) -> Outcome:
    assert context.reference is not None
    server, encoder = server_of(context), context.reference.parts.encoder
    query = sample(context, 1).query
    words = (query + FILLER * WORDS).split()
    kept, whole = " ".join(words[:WORDS]), " ".join(words[: 2 * WORDS])
    ask = scaled(server, Ask(query, (whole,), document_tokens=len(encoder.ids(kept))))
    apart = float(distance(_logits(context, ask), _logits(context, replace(ask, documents=(kept,)))).max())
    limit = tolerance(context)[0]
    return at_most(
        apart,
        limit,
        "logit",
        f"a document cut to {ask.document_tokens} tokens scores {apart:.2e} logit from those tokens by themselves",
        evidence=told(server, server.call(ask)) if apart > limit else "",
        remedy="the option is ignored, or cuts the finished prompt instead of the document",
        subject="first tokens",
    )


def _from_the_left(context: Context) -> Outcome:
    assert context.reference is not None
    server = server_of(context)
    query = sample(context, 1).query
    tokens = context.reference.parts.checkpoint.max_length
    ask = scaled(server, Ask(query, (FILLER * (2 * tokens // 12) + " " + query,), truncate=True))
    apart = float(distance(_logits(context, ask), _logits(context, replace(ask, keep_end=True))).min())
    least = tolerance(context)[0]
    return at_least(
        apart,
        least,
        "logit",
        f"cutting from the left instead of the right moves a document with evidence at the end by {apart:.2e} logit",
        evidence="" if apart >= least else told(server, server.call(replace(ask, keep_end=True))),
        remedy="the direction is ignored",
        subject="from the left",
    )


def _logits(context: Context, ask: Ask) -> Scores:
    server = server_of(context)
    return logits_of(server, ask, in_document_order(server.reply(ask).lines, len(ask.documents)))
