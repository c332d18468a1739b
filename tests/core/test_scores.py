"""Log-odds and probabilities."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from harness.core.scores import to_log_odds, to_probability


@given(st.floats(-30, 30))
def test_a_logit_survives_the_way_to_a_probability_and_back(logit: float) -> None:
    slack = 4 * np.finfo(float).eps * math.exp(abs(logit)) + 1e-12
    assert abs(to_log_odds(to_probability(logit)) - logit) <= slack


def test_certain_probabilities_are_infinite_log_odds() -> None:
    assert to_log_odds([0.0, 1.0]).tolist() == [-math.inf, math.inf]


def test_what_is_no_probability_has_no_log_odds() -> None:
    assert np.isnan(to_log_odds([-0.1, 1.1, math.nan])).all()


def test_huge_logits_do_not_overflow() -> None:
    assert to_probability([-1e6, 1e6]).tolist() == [0.0, 1.0]
