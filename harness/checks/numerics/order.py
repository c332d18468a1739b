"""Order matters only where the gap between two scores exceeds their noise."""

from __future__ import annotations

from harness.checks.context import Context
from harness.checks.numerics.deviation import by_query
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most
from harness.core.vocabulary import Area, Phase, Stage
from harness.statistics.rank_changes import all_flips


@check(
    "numerics.order",
    "Orders documents as the reference does",
    area=Area.NUMERICS,
    stage=Stage.REPLY,
    phase=Phase.VALUES,
    needs=(Need.REFERENCE,),
    beside="says whether what is off changes an order, which is what users see",
)
def order(context: Context) -> Outcome:
    """No two documents of a query whose reference scores differ by more than twice the noise change places or are
    tied. The value is the widest gap of reference scores that was crossed.
    """
    found = all_flips(by_query(context).values())
    gap = 2 * context.noise.limit_logit
    return at_most(
        found.widest,
        gap,
        "logit",
        f"{found.beyond(gap)} pairs of documents stand in another order than their reference scores say, beyond noise",
        evidence=f"{found.gaps.size} of {found.count} pairs change places or are tied, {found.weighed:.2%} of all gaps "
        f"by their width; the smallest tolerance that would pass is {found.widest:.3e} logit, the widest gap crossed",
        remedy="wide gaps point at the reply (scores on other documents) or at the prompt; narrow ones at precision",
    )
