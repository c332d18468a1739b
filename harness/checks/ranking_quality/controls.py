"""Negative controls: a verification that a constant or a random scorer would pass proves nothing."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.ranking_quality.above_chance import FIGURES, judge
from harness.checks.ranking_quality.rankings import Ranking, split_by_query
from harness.checks.registry import check, find
from harness.core.findings import Outcome, holds
from harness.core.scored import Scored
from harness.core.vocabulary import Area, Phase, Severity, Stage, Status
from harness.targets.controls import ConstantControl, RandomControl
from harness.targets.protocol import Target

#: A random scorer passes a test at 1 % once in a hundred; that three of five do happens once in 100 000.
SEEDS = range(5)


@check(
    "ranking-quality.negative-controls",
    "A constant and a random scorer fail",
    area=Area.RANKING_QUALITY,
    stage=Stage.REPLY,
    phase=Phase.LOAD,
    severity=Severity.CRITICAL,
    beside="proves that the collection and its limits can fail a ranking at all",
)
def negative_controls(context: Context) -> list[Outcome]:
    """With this collection and these limits, a scorer that answers 0.5 to everything and a scorer that answers at
    random are both found out; otherwise a pass of the real target would mean nothing.
    """
    caught = _caught(context)
    return [
        holds(
            _fails(_with(context, ConstantControl()), "score-distribution.spread"),
            "a constant scorer fails score-distribution.spread",
            subject="constant",
            remedy="the collection cannot show a constant scorer: it needs queries with several documents",
        ),
        holds(
            caught > len(SEEDS) // 2,
            f"{caught} of {len(SEEDS)} random scorers fail ranking-quality.above-chance",
            subject="random",
            remedy="the collection cannot tell a random scorer from a reranker: bring more judged queries",
        ),
    ]


def _caught(context: Context) -> int:
    """How many random scorers fail ranking-quality.above-chance: all are judged at once, each until it fails."""
    left = [_ranking(_with(context, RandomControl(seed))) for seed in SEEDS]
    for metric in FIGURES:
        outcomes = judge(context, left, metric)
        left = [ranking for ranking, o in zip(left, outcomes, strict=True) if o.status is not Status.FAIL]
    return len(SEEDS) - len(left)


def _ranking(context: Context) -> Ranking:
    """Asked anew: nobody asks a control again, and to remember it takes ten times the room of its scores."""
    return split_by_query(context, context.fresh_logits(context.judged_pairs))


def _fails(context: Context, check_id: str) -> bool:
    outcome = find(check_id).body(context)
    outcomes = [outcome] if isinstance(outcome, Outcome) else list(outcome)
    return any(o.status is Status.FAIL for o in outcomes)


def _with(context: Context, control: Target) -> Context:
    return replace(context, target=control, emit=lambda event: None, _asked=Scored())
