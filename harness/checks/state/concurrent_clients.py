"""Several clients at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.checks.context import Context
from harness.checks.invariants.law import Request, ask
from harness.checks.protocol.asking import server_of
from harness.checks.registry import Need, check
from harness.checks.state.asking import all_at_once, disjoint, repeats
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that is not the client's own."""

    client: int
    answer: Scores
    apart: float


@check(
    "state.concurrent-clients",
    "Clients that ask at once get their own scores",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="names clients that get each other's scores",
)
def concurrent_clients(context: Context) -> Outcome:
    """Clients with different queries and documents that send together, round after round, each get the scores that
    they get alone.
    """
    requests = disjoint(context, server_of(context).client.connection.concurrency)
    if len(requests) < 2:
        return not_verified("one client at a time meets no other; allow more requests at once (--concurrency)")
    limit, source = tolerance(context)
    alone = [ask(context, request) for request in requests]
    rounds = repeats(context)
    answers = [(i, answer) for _ in range(rounds) for i, answer in enumerate(all_at_once(context, requests))]
    apart = [Wrong(i, answer, float(distance(answer, alone[i]).max())) for i, answer in answers]
    wrong = [each for each in apart if each.apart > limit]
    worst = max(each.apart for each in apart)
    owners = "; ".join(_owners(context, requests, alone, wrong[:SHOWN], limit))
    return at_most(
        worst,
        limit,
        "logit",
        f"{len(wrong)} of {len(apart)} answers to {len(requests)} clients at once are not those that each gets alone; "
        f"the farthest is {worst:.2e} logit away{'; ' if owners else ''}{owners}",
        evidence=f"{rounds} rounds; the limit is {source}",
        remedy="results of requests under way are exchanged: a buffer, a queue or a variable that handlers share",
    )


def _owners(
    context: Context, requests: list[Request], alone: list[Scores], wrong: list[Wrong], limit: float
) -> Iterator[str]:
    """Whose scores each wrong answer holds, where that can be told."""
    for each in wrong:
        query, documents = requests[each.client]
        others = [n for n in range(len(requests)) if n != each.client]
        # an answer of somebody else's request, or one's own documents under somebody else's query
        whole = [n for n in others if _same(each.answer, alone[n], limit)]
        crossed = [n for n in others if _same(each.answer, ask(context, (requests[n][0], documents)), limit)]
        if whole:
            yield f"client {each.client} got the scores of client {whole[0]}"
        elif crossed:
            yield f"client {each.client} got its documents scored for the query of client {crossed[0]}"
        else:
            yield f"client {each.client} ({query[:40]!r}) got scores that are nobody's"


def _same(a: Scores, b: Scores, limit: float) -> bool:
    return len(a) == len(b) and float(distance(a, b).max()) <= limit
