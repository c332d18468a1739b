"""Several paths of one server."""

from __future__ import annotations

from collections.abc import Sequence

from harness.checks.context import Context
from harness.checks.protocol.asking import logits_of, sample, scaled, server_of, told
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.vocabulary import Area, Phase, Stage
from harness.reference.reply import in_document_order
from harness.targets.http.dialect import Ask
from harness.targets.http.exchange import Call


@check(
    "protocol.endpoints-agree",
    "All endpoints give the same scores",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
)
def endpoints_agree(context: Context) -> list[Outcome]:
    """A pair has one score, whichever of the server's endpoints is asked: the versions of a path, and another endpoint
    that scores pairs.
    """
    server = server_of(context)
    ask = scaled(server, sample(context))
    first = in_document_order(server.reply(ask).lines, len(ask.documents))
    others = [
        _compare(
            context, ask, server.call(ask, path), first, in_document_order(server.reply(ask, path).lines, len(first))
        )
        for path in server.dialect.paths[1:]
    ]
    second = server.dialect.second(ask, server.model)
    if second is not None:
        others.append(_compare(context, ask, second, first, server.second_scores(ask)))
    return others or [not_applicable("the dialect has one endpoint")]


def _compare(context: Context, ask: Ask, call: Call, first: Sequence[float], other: Sequence[float]) -> Outcome:
    server = server_of(context)
    worst = float(distance(logits_of(server, ask, first), logits_of(server, ask, other)).max())
    limit = tolerance(context)[0]
    return at_most(
        worst,
        limit,
        "logit",
        f"{call.path} and {server.dialect.paths[0]} differ by up to {worst:.2e} logit",
        evidence=told(server, call) if worst > limit else "",
        remedy="one of them leaves out the prompt, or applies another activation",
        subject=call.path,
    )
