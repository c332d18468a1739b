"""The same request over a long time."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.invariants.law import ask
from harness.checks.registry import Need, check
from harness.checks.state.asking import disjoint, repeats
from harness.checks.tolerance import distance, tolerance
from harness.core.events import SeriesRecorded
from harness.core.findings import Outcome, at_most
from harness.core.scores import Scores
from harness.core.vocabulary import Area, Phase, Stage

#: Requests of others between two askings.
BETWEEN = 5


@check(
    "state.drift",
    "Answers do not drift",
    area=Area.ROBUSTNESS,
    stage=Stage.STATE,
    phase=Phase.INVARIANTS,
    needs=(Need.SERVER,),
    beside="shows the trend over many requests",
)
def drift(context: Context) -> Outcome:
    """After many other requests one request is answered as at first; the trend over the requests is reported."""
    request, *others = disjoint(context, 1 + BETWEEN)
    answers = [ask(context, request)]
    for _ in range(repeats(context)):
        for other in others:
            ask(context, other)
        answers.append(ask(context, request))
    asked = np.arange(len(answers)) * (1 + len(others))
    apart = np.array([float(distance(answer, answers[0]).max()) for answer in answers])
    slope = _slope(asked, np.array([float(np.mean(answer - answers[0])) for answer in answers]))
    context.emit(_series(apart, asked))
    return at_most(
        float(apart.max()),
        tolerance(context)[0],
        "logit",
        f"over {asked[-1]} requests answers move by up to {apart.max():.2e} logit, {slope:+.1e} logit a request on "
        "average",
        evidence=f"asked {len(answers)} times with {len(others)} other requests in between; the limit is "
        f"{tolerance(context)[1]}",
        remedy="something accumulates: a running statistic, a counter in the head, a cache that rounds",
    )


def _slope(asked: np.typing.NDArray[np.int_], moved: Scores) -> float:
    """Least squares, in logit a request; NaN where a score is saturated."""
    return float(np.polyfit(asked, moved, 1)[0]) if np.isfinite(moved).all() else float("nan")


def _series(apart: Scores, asked: np.typing.NDArray[np.int_]) -> SeriesRecorded:
    labels = tuple(f"{n}" for n in asked)
    title = "Distance from the first answer, by requests answered since"
    return SeriesRecorded("drift", title, "bars", "logit", tuple(apart.tolist()), labels, area=Area.ROBUSTNESS)
