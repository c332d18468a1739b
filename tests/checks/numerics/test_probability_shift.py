"""What deviations of log-odds do to P(yes), and the limits that follow from noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from harness.checks.context import Context
from harness.core.events import Event, SeriesRecorded
from harness.core.findings import Outcome
from harness.core.vocabulary import Area, Status
from harness.statistics.shift import largest_change, largest_kl

CHECK = "numerics.probability-shift"
Run = Callable[[str, Context], list[Outcome]]
Answering = Callable[..., Context]


@pytest.mark.parametrize(("times", "status"), [(0.99, Status.PASS), (4.0, Status.FAIL)])
def test_deviations_below_the_noise_pass_and_wide_ones_fail(
    times: float, status: Status, healthy: Context, answering: Answering, run_check: Run
) -> None:
    kl, delta, _ = run_check(CHECK, answering(lambda x: x + times * healthy.noise.limit_logit))
    assert (kl.status, delta.status) == (status, status)
    assert (kl.limit, delta.limit) == (
        largest_kl(healthy.noise.limit_logit), largest_change(healthy.noise.limit_logit),
    )  # fmt: skip


def test_a_document_that_is_saturated_diverges_infinitely(answering: Answering, run_check: Run) -> None:
    kl, delta, first = run_check(CHECK, answering(lambda x: np.where(x == x.max(), np.inf, x)))
    assert (kl.status, kl.value) == (Status.FAIL, np.inf)
    assert delta.value is not None
    assert delta.value < 0.1
    assert first.value == 1.0


def test_an_offset_changes_probabilities_and_no_first_document(answering: Answering, run_check: Run) -> None:
    _, delta, first = run_check(CHECK, answering(lambda x: x + 0.5))
    assert delta.status is Status.FAIL
    assert delta.value == pytest.approx(np.tanh(0.125), rel=0.01)
    assert (first.value, first.status) == (1.0, Status.PASS)


def test_percentiles_are_recorded_for_a_figure(answering: Answering, run_check: Run) -> None:
    events: list[Event] = []
    run_check(CHECK, answering(lambda x: x + 0.1, emit=events.append))
    (series,) = [e for e in events if isinstance(e, SeriesRecorded)]
    assert (series.area, series.labels[0], series.labels[-1]) == (Area.NUMERICS, "p50", "max")
    assert list(series.values) == sorted(v for v in series.values if v is not None)
