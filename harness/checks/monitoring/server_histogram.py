"""A server's histogram of scores."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.monitoring.scraping import Scrape, scrape
from harness.checks.protocol.asking import sample, server_of
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, holds, not_applicable
from harness.core.vocabulary import Area, Phase, Severity, Stage

DOCUMENTS = 12


@check(
    "monitoring.server-histogram",
    "The server's histogram is of the scores that it sends",
    area=Area.MONITORING,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.MINOR,
    needs=(Need.SERVER,),
)
def server_histogram(context: Context) -> Outcome:
    """Where `/metrics` has a histogram of scores, each of its buckets grows by the scores of an answer that belong
    into it.
    """
    server = server_of(context)
    before = scrape(server)
    name = None if before is None else _of_scores(before)
    if before is None or name is None:
        return not_applicable("the server has no histogram of scores")
    scores = [line.score for line in server.reply(sample(context, DOCUMENTS)).lines]
    after = scrape(server)
    grown = {b: n - before.buckets(name).get(b, 0.0) for b, n in (after.buckets(name) if after else {}).items()}
    # a score that was printed as float32 may have crossed a bound by as much
    wrong = {b: n for b, n in grown.items() if not _count(scores, b - 1e-6) <= n <= _count(scores, b + 1e-6)}
    told = ", ".join(f"at most {b:g}: {n:g}, sent {_count(scores, b)}" for b, n in list(wrong.items())[:4])
    return holds(
        bool(grown) and not wrong,
        f"{name}: {len(grown) - len(wrong)} of {len(grown)} buckets grew by the {len(scores)} scores of an answer",
        evidence=told,
        remedy="observe the score that is answered, after its activation",
    )


def _of_scores(scraped: Scrape) -> str | None:
    names = [family.name for family in scraped.families if family.type == "histogram" and "score" in family.name]
    return names[0] if names else None


def _count(scores: list[float], bound: float) -> int:
    return sum(score <= bound for score in scores)
