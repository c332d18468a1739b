"""The server's tokenizer."""

from __future__ import annotations

from fixtures.texts import HOSTILE
from harness.checks.context import Context
from harness.checks.protocol.asking import sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Stage

#: Characters of a text: what is compared is the reading of letters, not of length.
LONGEST = 2_000


@check(
    "protocol.tokenizer",
    "The server's tokenizer is the model's",
    area=Area.PROTOCOL,
    stage=Stage.ENCODE,
    phase=Phase.TOKENS,
    needs=(Need.SERVER, Need.REFERENCE),
)
def tokenizer(context: Context) -> Outcome:
    """Documents of the collection and hostile texts get the ids from the server's own endpoint that the checkpoint's
    tokenizer gives them.
    """
    assert context.reference is not None
    server, encoder = server_of(context), context.reference.parts.encoder
    if server.dialect.tokenize("", server.model) is None:
        return not_applicable("the dialect has no endpoint that gives ids")
    texts = [*sample(context, 12).documents, *(hostile.text[:LONGEST] for hostile in HOSTILE if hostile.admissible)]
    wrong = []
    for text in texts:
        call = server.dialect.tokenize(text, server.model)
        assert call is not None
        exchange = server.client.send(call)
        if exchange.status in (404, 405):
            return not_applicable(f"{call.path} is not there")
        ids = server.dialect.read_ids(server.accepted(exchange)) if text else []
        if ids != encoder.ids(text):
            wrong.append((text, call, ids))
    detail = f"{wrong[0][0]!r:.60}: {wrong[0][2][:8]} instead of {encoder.ids(wrong[0][0])[:8]}" if wrong else ""
    return holds(
        not wrong,
        f"{len(texts) - len(wrong)} of {len(texts)} texts get the model's ids",
        evidence=told(server, wrong[0][1], detail) if wrong else "",
        remedy="serve the tokenizer files of this checkpoint: another revision reads every text differently",
    )
