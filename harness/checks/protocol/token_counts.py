"""Token counts prove what went through the server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.checks.context import Context
from harness.checks.protocol.asking import sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, not_applicable, not_verified
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Stage
from harness.targets.http.dialect import Ask

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

INSTRUCTION = "Given a question about rivers, lakes and seas, find documents that name one of them"


@check(
    "protocol.token-counts",
    "Token counts are those of the pinned prompt",
    area=Area.PROTOCOL,
    stage=Stage.ASSEMBLE,
    phase=Phase.PROMPT,
    needs=(Need.SERVER, Need.REFERENCE),
)
def token_counts(context: Context) -> list[Outcome]:
    """The tokens that an answer says it took are those of the model's own prompt around each pair: the template went
    through, once, and so did the instruction where the dialect has one.
    """
    if not context.target.capabilities.token_counts:
        return [not_applicable("the dialect counts no tokens")]
    if context.target.capabilities.prompt_by_caller:
        return [not_applicable("the prompt is sent by the caller")]
    ask = sample(context)
    outcomes = [_compare(context, ask, "default instruction")]
    if context.target.capabilities.instruction:
        outcomes.append(_compare(context, replace(ask, instruction=INSTRUCTION), "another instruction"))
    return outcomes


def _compare(context: Context, ask: Ask, name: str) -> Outcome:
    assert context.reference is not None
    server = server_of(context)
    counted = server.reply(ask).tokens
    if counted is None:
        return not_verified("the answer says nothing of tokens", subject=name)
    expected = _expected(context.reference, ask)
    own = expected["the pinned prompt"]
    known = next((what for what, count in expected.items() if count == counted), "no reading that is known")
    return at_most(
        abs(counted - own),
        0,
        "tokens",
        f"{name}: {counted} tokens for {len(ask.documents)} pairs; the pinned prompt has {own}",
        evidence=told(server, server.call(ask), f"the count is that of {known}") if counted != own else "",
        remedy="without the prompt the model is asked nothing that it was trained for: give the server its template",
        subject=name,
    )


def _expected(reference: Reranker, ask: Ask) -> dict[str, int]:
    """What counts would mean: tokens of all pairs by what may have been computed."""
    encoder = reference.parts.encoder
    pairs = [Pair(ask.query, document, ask.instruction) for document in ask.documents]
    bare = [Pair(ask.query, document) for document in ask.documents]
    texts = sum(len(encoder.ids(ask.query)) + len(encoder.ids(document)) for document in ask.documents)
    pinned = sum(len(reference.encoding(pair).ids) for pair in pairs)
    frame = pinned - texts
    return {
        "the pinned prompt": pinned,
        "the prompt with the default instruction": sum(len(reference.encoding(pair).ids) for pair in bare),
        "the texts without any prompt": texts,
        "a prompt that was applied twice": pinned + frame,
    }
