"""Equivalent to the reference for ranking: shown, instead of no difference found."""

from __future__ import annotations

import math
from dataclasses import replace

from harness.checks.context import Context
from harness.checks.numerics.deviation import by_query
from harness.checks.ranking_quality.rankings import grades_of
from harness.checks.registry import Need, check
from harness.core.findings import Outcome, at_most, measured, not_verified
from harness.core.vocabulary import Area, Phase, Severity, Stage, Status
from harness.statistics.equivalence import SHARE, Equivalence, equivalence, ranking_margin


@check(
    "numerics.equivalent",
    "Equivalent to the reference for ranking",
    area=Area.NUMERICS,
    stage=Stage.FORWARD,
    phase=Phase.VALUES,
    severity=Severity.MINOR,
    needs=(Need.REFERENCE,),
    beside="shows equivalence by a margin that rankings give: the others find no difference beyond noise",
)
def equivalent(context: Context) -> list[Outcome]:
    """The mean deviation of log-odds is within a margin (two one-sided t-tests over queries, 5 %), and so are all but
    1 % of them (exact limit, 95 %). If every score moves by less than the margin, at most 1 % of the judged pairs of
    documents of different grade can change places. What is not shown is a remark: numerics.values decides.
    """
    queries, grades = by_query(context), grades_of(context)
    found = ranking_margin((grades[query], reference) for query, (reference, _) in queries.items())
    if found is None or len(queries) < 2:
        return [not_verified("documents of different grade in two queries or more are needed for a margin")]
    margin, gaps = found
    shown = f"a margin of {margin:.2e} logit keeps 99 % of {gaps} judged pairs of documents in place"
    tested = equivalence([target - reference for reference, target in queries.values()], margin)
    return [measured(margin, "logit", shown, subject="margin"), _verdict(tested)]


def _verdict(found: Equivalence) -> Outcome:
    outcome = at_most(
        found.smallest_margin,
        found.margin,
        "logit",
        f"{'shown' if found.shown else 'not shown'} to be equivalent within ±{found.margin:.2e} logit",
        evidence=f"mean {found.mean:+.2e}, {1 - 2 * found.alpha:.0%} interval [{found.low:+.2e}, {found.high:+.2e}] "
        f"over {found.groups} queries, p = {found.p_value:.2g}; {found.share:.2%} of {found.count} pairs are beyond "
        f"the margin, with {1 - found.alpha:.0%} confidence at most {found.share_bound:.2%}; the smallest margin that "
        f"would pass is {found.smallest_margin:.3e}",
        remedy=_needed(found),
        subject="equivalence",
    )
    return replace(outcome, status=Status.PASS if found.shown else Status.WARN)


def _needed(found: Equivalence) -> str:
    """What it would take."""
    if found.shown:
        return ""
    if found.count < found.needed:
        return f"{found.needed} pairs are needed to show that no more than {SHARE:.0%} are beyond a margin"
    if math.isinf(found.smallest_margin):
        return "scores that are saturated or no numbers are beyond every margin: ask for raw log-odds"
    times = found.smallest_margin / found.margin
    return f"deviations {times:.1f} times smaller would be enough: a more precise dtype, or a head in float32"
