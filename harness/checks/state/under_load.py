"""The same request, while the server has nothing else to do and while it has."""

from __future__ import annotations

from collections.abc import Iterator

from harness.checks.context import Context
from harness.checks.invariants.law import ask
from harness.checks.protocol.asking import server_of
from harness.checks.registry import Need, check
from harness.checks.state.asking import busy, disjoint, repeats
from harness.checks.tolerance import distance, tolerance
from harness.core.findings import Outcome, at_most, not_verified
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage


@check(
    "state.under-load",
    "A request is answered alike when the server is busy",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="tells what happens under load from what always happens",
)
def under_load(context: Context) -> Iterator[Outcome]:
    """One request keeps its first answer when it is repeated, both on an idle server and while other requests are
    under way.
    """
    others = server_of(context).client.connection.concurrency - 1
    request, *load = disjoint(context, 1 + others)
    first = ask(context, request)
    idle = [ask(context, request) for _ in range(repeats(context))]
    yield _outcome(context, first, idle, "idle", "on an idle server")
    if not load:
        yield not_verified("one request at a time is no load; allow more of them (--concurrency)", subject="busy")
        return
    with busy(context, load):
        loaded = [ask(context, request) for _ in range(repeats(context))]
    yield _outcome(context, first, loaded, "busy", f"beside {len(load)} other requests under way")


def _outcome(context: Context, first: Scores, answers: list[Scores], subject: str, when: str) -> Outcome:
    limit, source = tolerance(context)
    apart = [float(distance(answer, first).max()) for answer in answers]
    wrong = sum(value > limit for value in apart)
    return at_most(
        max(apart),
        limit,
        "logit",
        f"{when}, {wrong} of {len(answers)} answers differ from the first; the farthest by {max(apart):.2e} logit",
        evidence=f"the limit is {source}",
        remedy="requests that are batched together share buffers or get each other's rows; look at how scores are "
        "handed back to those who wait for them",
        subject=subject,
    )
