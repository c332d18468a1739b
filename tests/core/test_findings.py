"""How a number is held against a limit."""

import math

import pytest

from harness.core.findings import at_least, at_most, measured, not_applicable
from harness.core.vocabulary import Severity, Status


@pytest.mark.parametrize(("value", "status"), [(1.0, Status.PASS), (1.1, Status.FAIL), (math.nan, Status.FAIL)])
def test_at_most_fails_above_the_limit_and_on_nan(value: float, status: Status) -> None:
    assert at_most(value, 1.0, "logit", "").status is status


@pytest.mark.parametrize(("value", "status"), [(1.0, Status.PASS), (0.9, Status.FAIL), (math.nan, Status.FAIL)])
def test_at_least_fails_below_the_limit_and_on_nan(value: float, status: Status) -> None:
    assert at_least(value, 1.0, "logit", "").status is status


def test_a_margin_is_negative_by_how_much_falls_short() -> None:
    assert (at_most(3.0, 1.0, "", "").margin, at_least(0.5, 1.0, "", "").margin) == (-2.0, -0.5)


def test_a_figure_without_a_limit_never_fails() -> None:
    assert measured(math.inf, "", "").status is Status.PASS


def test_what_does_not_apply_is_not_verified_but_weighs_nothing() -> None:
    outcome = not_applicable("no template")
    assert (outcome.status, outcome.severity) == (Status.NOT_VERIFIED, Severity.INFO)
