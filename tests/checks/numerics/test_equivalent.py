"""Equivalence for ranking is shown, or it is said what it would take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import islice

import numpy as np

from fixtures.collections import Judged
from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.scores import Scale, Scores, to_probability
from harness.core.vocabulary import Status

CHECK = "numerics.equivalent"
Run = Callable[[str, Context], list[Outcome]]
Answering = Callable[..., Context]


def noisy(width: float) -> Callable[[Scores], Scores]:
    return lambda x: x + width * np.random.default_rng(0).uniform(-1.0, 1.0, x.size)


def test_deviations_within_the_margin_are_equivalent(answering: Answering, run_check: Run) -> None:
    margin, outcome = run_check(CHECK, answering(noisy(1e-3)))
    assert (outcome.status, margin.value) == (Status.PASS, outcome.limit)
    assert "shown to be equivalent" in outcome.message


def test_wide_deviations_are_a_remark_that_says_what_it_would_take(answering: Answering, run_check: Run) -> None:
    margin, outcome = run_check(CHECK, answering(noisy(0.1)))
    assert (outcome.status, outcome.limit) == (Status.WARN, margin.value)
    assert "times smaller" in outcome.remedy
    assert "with 95% confidence at most" in outcome.evidence


def test_the_smallest_margin_is_the_value(answering: Answering, run_check: Run) -> None:
    _, outcome = run_check(CHECK, answering(lambda x: x + 0.25))
    assert outcome.value is not None
    assert np.isclose(outcome.value, 0.25)


def test_saturated_scores_are_beyond_every_margin(answering: Answering, run_check: Run) -> None:
    _, outcome = run_check(CHECK, answering(lambda x: np.round(to_probability(4 * x), 3), Scale.PROBABILITY))
    assert (outcome.status, outcome.value) == (Status.WARN, np.inf)
    assert "ask for raw log-odds" in outcome.remedy


def _first(judged: Judged, count: int) -> Judged:
    return replace(
        judged,
        queries=dict(islice(judged.queries.items(), count)),
        candidates=dict(islice(judged.candidates.items(), count)),
    )


def test_few_pairs_cannot_show_it(healthy: Context, answering: Answering, run_check: Run) -> None:
    few = answering(lambda x: x, collection=_first(healthy.collection, 5), _computed=healthy._computed)
    _, outcome = run_check(CHECK, few)
    assert outcome.status is Status.WARN
    assert outcome.remedy == "299 pairs are needed to show that no more than 1% are beyond a margin"


def test_one_query_cannot_show_anything(healthy: Context, answering: Answering, run_check: Run) -> None:
    one = answering(lambda x: x, collection=_first(healthy.collection, 1), _computed=healthy._computed)
    (outcome,) = run_check(CHECK, one)
    assert outcome.status is Status.NOT_VERIFIED
