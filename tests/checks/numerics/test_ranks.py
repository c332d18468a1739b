"""Order and membership of the first few, by the gaps that are crossed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from harness.checks.context import Context
from harness.core.findings import Outcome
from harness.core.scores import Scores
from harness.core.vocabulary import Status
from harness.statistics.rank_changes import flips

Run = Callable[[str, Context], list[Outcome]]
Answering = Callable[..., Context]


def with_noise(log_odds: Scores) -> Scores:
    return log_odds + 0.05 * np.random.default_rng(0).normal(size=log_odds.size)


def test_the_value_is_the_smallest_tolerance_that_would_have_passed(
    healthy: Context, answering: Answering, run_check: Run
) -> None:
    (order,) = run_check("numerics.order", answering(with_noise))
    assert order.status is Status.FAIL
    assert order.value is not None
    assert order.margin is not None
    assert 0.0 < order.value == -order.margin + (order.limit or 0.0)
    assert f"{order.value:.3e}" in order.evidence


def test_the_widest_gap_of_one_query_is_found(healthy: Context, answering: Answering, run_check: Run) -> None:
    count = len(next(iter(healthy.collection.candidates.values())))

    def first_reversed(log_odds: Scores) -> Scores:
        return np.concatenate([-log_odds[:count], log_odds[count:]])

    first = healthy.reference_logits(healthy.judged_pairs)[:count]
    (order,) = run_check("numerics.order", answering(first_reversed))
    assert order.value == pytest.approx(flips(first, -first).widest)
    assert order.value == pytest.approx(np.ptp(first))


def test_what_left_the_first_few_lies_no_further_from_the_border_than_the_widest_flip(
    answering: Answering, run_check: Run
) -> None:
    context = answering(with_noise)
    (order,) = run_check("numerics.order", context)
    found = run_check("numerics.top-k", context)
    assert [o.subject for o in found] == ["top 1", "top 3", "top 10"]
    assert all((o.value or 0.0) <= (order.value or 0.0) for o in found)


def test_noise_that_crosses_no_gap_beyond_it_passes(answering: Answering, run_check: Run) -> None:
    context = answering(lambda x: x + 1e-6 * np.random.default_rng(0).normal(size=x.size))
    outcomes = [*run_check("numerics.order", context), *run_check("numerics.top-k", context)]
    assert {o.status for o in outcomes} <= {Status.PASS, Status.NOT_VERIFIED}


def test_constant_scores_may_return_anything(answering: Answering, run_check: Run) -> None:
    first, *_ = run_check("numerics.top-k", answering(np.zeros_like))
    assert (first.status, first.subject) == (Status.FAIL, "top 1")
