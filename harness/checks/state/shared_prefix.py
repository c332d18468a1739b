"""Documents that begin alike and end differently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import ask, ask_alone
from harness.checks.registry import Need, check
from harness.checks.tolerance import distance, own_limit, tolerance
from harness.core.findings import Outcome, at_least, at_most, not_applicable
from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Filler of the shared beginning: with 12 repeats some 200 tokens, a dozen blocks of the 16 that prefix caches use.
SENTENCE = "The {}th committee met in the afternoon and agreed to meet again in spring. "
SENTENCES = 12
BEGINNINGS = 3


@dataclass(frozen=True, slots=True)
class Twins:
    """The same beginning under one query, with an end that answers it and one that does not; log-odds (2,) each."""

    pairs: tuple[Pair, Pair]
    apart: Scores
    again: Scores
    together: Scores

    @classmethod
    def asked(cls, context: Context, pairs: tuple[Pair, Pair]) -> Twins:
        """The first, the second and the first again, each by itself; then both in one request."""
        first, second, again = ask_alone(context, (*pairs, pairs[0]))
        together = ask(context, (pairs[0].query, [pair.document for pair in pairs]))
        return cls(pairs, np.array([first, second]), np.array([again, second]), together)


@check(
    "state.shared-prefix",
    "Documents with a shared beginning keep scores of their own",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    needs=(Need.SERVER,),
    beside="names a cache of beginnings, which other documents seldom share",
)
def shared_prefix(context: Context) -> Iterator[Outcome]:
    """Of two long documents that differ only in their end, asked one after the other, the second does not get the
    first one's score, and the first keeps its own. With a reference, both scores are those that it gives.
    """
    twins = [Twins.asked(context, pairs) for pairs in _pairs(context)]
    yield _kept(context, twins)
    yield _different(context, twins)
    if context.reference is not None:
        yield _as_defined(context, twins)


def _pairs(context: Context) -> list[tuple[Pair, Pair]]:
    """For some queries, a shared beginning with the query's own words at the end, and with other words."""
    queries = list(context.collection.queries.values())[: BEGINNINGS + 1]
    beginnings = ["".join(SENTENCE.format(10 * n + i) for i in range(SENTENCES)) for n in range(1, len(queries))]
    return [
        (Pair(query, beginning + query), Pair(query, beginning + other))
        for query, other, beginning in zip(queries, queries[1:], beginnings, strict=False)
    ]


def _kept(context: Context, twins: list[Twins]) -> Outcome:
    limit, source = tolerance(context)
    moved = max(float(distance(answer, each.apart).max()) for each in twins for answer in (each.again, each.together))
    return at_most(
        moved,
        limit,
        "logit",
        f"asked again and in one request, documents with a shared beginning move by up to {moved:.2e} logit",
        evidence=f"{len(twins)} beginnings of {SENTENCES} sentences; the limit is {source}",
        remedy="a prefix cache that was filled by another document is used beyond the shared tokens",
        subject="asked again",
    )


def _different(context: Context, twins: list[Twins]) -> Outcome:
    """Scores that are equal although the texts are not; with a reference, only where it tells the texts apart."""
    least, clear = own_limit(context), 2 * tolerance(context)[0]
    claimed = [t for t in twins if context.reference is None or _gap(context.reference_logits(t.pairs)) > clear]
    if not claimed:
        return not_applicable("the model scores these documents alike, whatever their end", subject="different ends")
    gaps = [_gap(t.apart) for t in claimed]
    # a printed or saturated score may hide one difference; with every one gone the end is not read
    widest, equal = max(gaps), sum(gap <= least for gap in gaps)
    return at_least(
        widest,
        least,
        "logit",
        f"{equal} of {len(gaps)} pairs of documents that differ in their end have the same score",
        evidence=f"asked one after the other; the widest gap is {widest:.2e} logit",
        remedy="a cache is keyed by the beginning of the text only, or the end of long documents is not read",
        subject="different ends",
    )


def _as_defined(context: Context, twins: list[Twins]) -> Outcome:
    worst = max(float(distance(t.apart, context.reference_logits(t.pairs)).max()) for t in twins)
    return at_most(
        worst,
        context.noise.limit_logit,
        "logit",
        f"documents with a shared beginning are up to {worst:.2e} logit from the reference",
        evidence=f"the limit is {context.noise.multiple:g} times the noise of a healthy reranker",
        remedy="the second of two documents that begin alike is scored with what was kept of the first",
        subject="as the reference",
    )


def _gap(logits: Scores) -> float:
    return float(distance(logits[:1], logits[1:]).max())
