"""Latency of one request, and throughput over many pairs."""

from __future__ import annotations

import numpy as np

from harness.checks.context import Context
from harness.checks.performance.measuring import measure
from harness.checks.performance.timing import TimedRequest, Timing, answers_limit, time_rounds
from harness.checks.registry import check
from harness.core.findings import Outcome, at_most, measured
from harness.core.vocabulary import Area, Phase, Stage

#: A 95th percentile of fewer rounds than this is the maximum under another name.
ENOUGH_FOR_P95 = 20


@check(
    "performance.latency",
    "Latency of a request, with its answers checked",
    area=Area.PERFORMANCE,
    stage=Stage.FORWARD,
    phase=Phase.SPEED,
    beside="times answers: what is wrong only while the clock runs would be timed as if it were right",
)
def latency(context: Context) -> list[Outcome]:
    """Reports the median latency of the largest request and its interquartile range (and its 95th percentile from 20
    rounds on), device synchronised; fails if an answer given while the clock ran differs from the untimed one.
    """
    ask = TimedRequest.largest(context)
    timing = measure(ask)
    return [_answers(context, ask, timing), *_figures(ask, timing)]


@check(
    "performance.throughput",
    "Throughput, with its answers checked",
    area=Area.PERFORMANCE,
    stage=Stage.FORWARD,
    phase=Phase.SPEED,
    beside="times answers: what is wrong only while the clock runs would be timed as if it were right",
)
def throughput(context: Context) -> list[Outcome]:
    """Reports pairs a second (and tokens a second where the pipeline can be looked into) over the probes of all lengths
    and languages; fails if a timed answer differs from the untimed one.
    """
    ask = TimedRequest(context, context.probes)
    timing = time_rounds(ask, max(3, context.profile.timed_rounds // 4))
    median = float(np.median(timing.seconds))
    rate = len(ask.pairs) / median
    outcomes = [
        _answers(context, ask, timing),
        measured(rate, "pairs/s", f"{rate:.1f} pairs a second over {len(ask.pairs)} pairs", subject="pairs"),
    ]
    if context.target.reranker is not None:
        tokens = sum(len(context.target.reranker.encoding(pair).ids) for pair in ask.pairs) / median
        outcomes.append(measured(tokens, "tokens/s", f"{tokens:.0f} tokens a second", subject="tokens"))
    return outcomes


def _answers(context: Context, ask: TimedRequest, timing: Timing) -> Outcome:
    deviation = timing.deviation(context.logits(ask.pairs))
    return at_most(
        deviation,
        answers_limit(context),
        "logit",
        f"{len(timing.answers)} timed answers deviate from the untimed one by up to {deviation:.1e} logit",
        remedy="a fast wrong answer is no speed: look at invariants.determinism and at caches",
        subject="answers",
    )


def _figures(ask: TimedRequest, timing: Timing) -> list[Outcome]:
    milliseconds = timing.seconds * 1e3
    low, median, high = (float(np.quantile(milliseconds, share)) for share in (0.25, 0.5, 0.75))
    rounds = f"{milliseconds.size} requests of {len(ask.pairs)} pairs"
    half = f"half of {rounds} took between {low:.1f} and {high:.1f} ms"
    middle = f"median {median:.1f} ms, slowest {milliseconds.max():.1f} ms of {rounds}"
    outcomes = [
        measured(median, "ms", middle, subject="median"),
        measured(high - low, "ms", half, subject="interquartile range"),
    ]
    if milliseconds.size >= ENOUGH_FOR_P95:
        p95 = float(np.quantile(milliseconds, 0.95))
        outcomes.append(measured(p95, "ms", f"95 % of {milliseconds.size} requests within {p95:.1f} ms", subject="p95"))
    return outcomes
