"""The order of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from harness.checks.context import Context
from harness.checks.protocol.asking import sample, server_of, told
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Stage
from harness.targets.http.dialect import Ask, Line
from harness.targets.protocol import Order

#: Order → the sign of the index where scores are equal; 0: any.
_TIES = {Order.DESCENDING: 0, Order.DESCENDING_STABLE: 1, Order.DESCENDING_REVERSED: -1}


@check(
    "protocol.order",
    "The order is that of the scores",
    area=Area.PROTOCOL,
    stage=Stage.REPLY,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
)
def order(context: Context) -> list[Outcome]:
    """Items come by falling score, and equal scores in the order that the dialect has for ties."""
    server = server_of(context)
    declared = server.dialect.order
    if declared is Order.OF_DOCUMENTS:
        return [not_applicable("the dialect answers in the order of the documents")]
    plain = sample(context, 12)
    tied = Ask(plain.query, plain.documents[:3] * 3)
    return [
        _outcome(context, plain, "different documents", ties=0),
        _outcome(context, tied, "documents three times each", ties=_TIES[declared]),
    ]


def _outcome(context: Context, ask: Ask, name: str, ties: int) -> Outcome:
    server = server_of(context)
    lines = server.reply(ask).lines
    wrong = _first_wrong(lines, ties)
    rule = f"{server.dialect.order.value}" if ties else "falling score"
    return holds(
        not wrong,
        f"{name}: {wrong or f'ordered by {rule}'}",
        evidence=told(server, server.call(ask)) if wrong else "",
        remedy="clients that take the first results take the wrong ones: sort by the score that is answered",
        subject=name,
    )


def _first_wrong(lines: Sequence[Line], ties: int) -> str:
    for before, after in pairwise(lines):
        if before.score < after.score:
            return f"index {before.index} with {before.score:.6g} stands before {after.index} with {after.score:.6g}"
        if before.score == after.score and ties * (after.index - before.index) < 0:
            return f"index {before.index} stands before {after.index}, both with {after.score:.6g}"
    return ""
