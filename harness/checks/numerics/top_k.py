"""Which documents are returned at all, where only the first few are."""

from __future__ import annotations

from collections.abc import Sequence

from harness.checks.context import Context
from harness.checks.numerics.deviation import by_query
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, not_applicable
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.rank_changes import Ranked, all_top_changes

CUTS = (1, 3, 10)


@check(
    "numerics.top-k",
    "Returns the documents that the reference returns",
    area=Area.NUMERICS,
    stage=Stage.REPLY,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
    beside="says whether what is off changes which documents are used, which is what a caller of top_n sees",
)
def top_k(context: Context) -> list[Outcome]:
    """Among the first 1, 3 and 10 documents of each query none is exchanged whose reference score is further from the
    border than twice the noise. The value is the widest distance from the border of a document that was.
    """
    queries = list(by_query(context).values())
    return [_at(k, queries, 2 * context.noise.limit_logit) for k in CUTS]


def _at(k: int, queries: Sequence[Ranked], gap: float) -> Outcome:
    found, count = all_top_changes(queries, k)
    if not count:
        return not_applicable(f"no query has more than {k} documents", subject=f"top {k}")
    return at_most(
        found.widest,
        gap,
        "logit",
        f"{found.beyond(gap)} documents entered or left the first {k} of {count} queries, beyond noise",
        evidence=f"{found.gaps.size} entered or left in all, or are tied at the border; the smallest tolerance that "
        f"would pass is {found.widest:.3e} logit",
        remedy="if numerics.values passes, compare the reply: index, order and top_n; else mend the values first",
        subject=f"top {k}",
    )
