"""The query and the document both reach the score."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import ask_alone
from harness.checks.registry import check
from harness.checks.tolerance import distance, own_limit
from harness.core.findings import Outcome, at_least, not_verified
from harness.core.pairs import Pair
from harness.core.vocabulary import Area, Phase, Severity, Stage

#: Replacing a text leaves the score of a healthy model where it was only by chance (measured: never).
LEAST = 0.9


@check(
    "invariants.query-matters",
    "Another query changes the scores",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
)
def query_matters(context: Context) -> Outcome:
    """The same documents score differently under another query, asked one after the other."""
    queries = list(dict.fromkeys(p.query for p in context.probes))
    following = dict(zip(queries, queries[1:] + queries[:1], strict=True))
    others = [Pair(following[p.query], p.document, p.instruction) for p in context.probes]
    remedy = "the query is not in the prompt, or a cache is keyed by the document alone"
    return _moved(context, others, "query", remedy)


@check(
    "invariants.document-matters",
    "Another document changes the score",
    area=Area.ROBUSTNESS,
    stage=Stage.ASSEMBLE,
    phase=Phase.INVARIANTS,
    severity=Severity.CRITICAL,
    beside="names the field that was lost, where values only say that something is off",
)
def document_matters(context: Context) -> Outcome:
    """The same query scores another document differently."""
    documents = [p.document for p in context.probes]
    shifted = documents[1:] + documents[:1]
    others = [Pair(p.query, other, p.instruction) for p, other in zip(context.probes, shifted, strict=True)]
    remedy = "the document is rendered empty (role names of the template), or cut off before it is read"
    return _moved(context, others, "document", remedy)


def _moved(context: Context, others: list[Pair], what: str, remedy: str) -> Outcome:
    replaced = [(p, other) for p, other in zip(context.probes, others, strict=True) if p != other]
    if not replaced:
        return not_verified(f"the collection has no other {what} to replace one by")
    # one pair a request: both requests then hold the same documents, which is what a cache would be keyed by
    before, after = (ask_alone(context, pairs) for pairs in zip(*replaced, strict=True))
    apart = distance(before, after)
    share = float(np.mean(apart > own_limit(context)))
    message = f"{share:.0%} of {len(replaced)} pairs change their score with the {what}"
    return at_least(
        share, LEAST, "share", message, evidence=f"median change {np.median(apart):.2e} logit", remedy=remedy
    )
