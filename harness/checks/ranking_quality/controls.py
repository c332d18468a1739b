"""Negative controls: a verification that a constant or a random scorer would pass proves nothing."""

from __future__ import annotations

from dataclasses import replace

from harness.checks.context import Context
from harness.checks.registry import check, find
from harness.core.findings import Outcome, holds
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
    caught = [seed for seed in SEEDS if _fails(context, RandomControl(seed), "ranking-quality.above-chance")]
    return [
        holds(
            _fails(context, ConstantControl(), "score-distribution.spread"),
            "a constant scorer fails score-distribution.spread",
            subject="constant",
            remedy="the collection cannot show a constant scorer: it needs queries with several documents",
        ),
        holds(
            len(caught) > len(SEEDS) // 2,
            f"{len(caught)} of {len(SEEDS)} random scorers fail ranking-quality.above-chance",
            subject="random",
            remedy="the collection cannot tell a random scorer from a reranker: bring more judged queries",
        ),
    ]


def _fails(context: Context, control: Target, check_id: str) -> bool:
    quiet = replace(context, target=control, emit=lambda event: None, _asked={})
    outcome = find(check_id).body(quiet)
    outcomes = [outcome] if isinstance(outcome, Outcome) else list(outcome)
    return any(o.status is Status.FAIL for o in outcomes)
