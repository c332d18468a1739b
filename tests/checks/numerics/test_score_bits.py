"""The dtype that scores show, against the one that is declared."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from harness.checks.context import Context
from harness.core.errors import UsageError
from harness.core.findings import Outcome
from harness.core.scores import Scale, Scores, to_log_odds, to_probability
from harness.core.vocabulary import Severity, Status
from harness.statistics.bits import FORMATS
from harness.targets.controls import ConstantControl

CHECK = "numerics.score-bits"
Run = Callable[[str, Context], list[Outcome]]
Answering = Callable[..., Context]


def rounded_to(name: str) -> Callable[[Scores], Scores]:
    """Both logits rounded, near 18 as those of the embedded model."""
    format = FORMATS[name]

    def change(log_odds: Scores) -> Scores:
        sides = (18.0 + log_odds / 2, 18.0 - log_odds / 2)
        yes, no = (np.round(side / format.spacing(side)) * format.spacing(side) for side in sides)
        return np.asarray(yes - no)

    return change


def probabilities(change: Callable[[Scores], Scores]) -> Callable[[Scores], Scores]:
    return lambda log_odds: to_probability(change(log_odds)).astype(np.float32).astype(np.float64)


@pytest.mark.parametrize("declared", ["float64", "float32", "float16"])
def test_logits_in_bfloat16_contradict_a_higher_dtype(declared: str, answering: Answering, run_check: Run) -> None:
    bits, _ = run_check(CHECK, answering(rounded_to("bfloat16"), dtype=declared))
    assert (bits.status, bits.value) == (Status.FAIL, 10)
    assert bits.message == f"log-odds are multiples of 0.0625: rounded to bfloat16; {declared} is declared"


@pytest.mark.parametrize("name", ["bfloat16", "float16"])
def test_logits_in_the_declared_dtype_do_not(name: str, answering: Answering, run_check: Run) -> None:
    context = answering(probabilities(rounded_to(name)), Scale.PROBABILITY, dtype=name)
    bits, _ = run_check(CHECK, context)
    assert bits.status is Status.PASS


@pytest.mark.parametrize("name", ["bfloat16", "float16"])
def test_what_nobody_declared_is_a_remark(name: str, answering: Answering, run_check: Run) -> None:
    context = answering(probabilities(rounded_to(name)), Scale.PROBABILITY, reference=None)
    (bits,) = run_check(CHECK, context)
    assert (bits.status, "nobody declared a dtype" in bits.message) == (Status.WARN, True)


def test_a_sigmoid_in_bfloat16_is_named_by_the_bits_of_its_probabilities(answering: Answering, run_check: Run) -> None:
    def sigmoid(log_odds: Scores) -> Scores:
        p = to_probability(log_odds)
        return np.asarray(np.round(p / FORMATS["bfloat16"].spacing(p)) * FORMATS["bfloat16"].spacing(p))

    bits, _ = run_check(CHECK, answering(sigmoid, Scale.PROBABILITY, dtype="float32"))
    assert (bits.status, bits.value) == (Status.FAIL, 8)


@pytest.mark.parametrize("decimals", [1, 2, 4])
def test_scores_that_were_cut_to_decimals_are_not_flagged(decimals: int, answering: Answering, run_check: Run) -> None:
    context = answering(lambda x: np.round(to_probability(x), decimals), Scale.PROBABILITY, dtype="float32")
    bits, _ = run_check(CHECK, context)
    assert bits.status is not Status.FAIL


def test_a_single_score_tells_no_dtype(context_for: Callable[..., Context], run_check: Run) -> None:
    (bits,) = run_check(CHECK, context_for(ConstantControl(), reference=None))
    assert (bits.status, bits.severity) == (Status.NOT_VERIFIED, Severity.INFO)


def test_the_distance_is_told_in_units_of_the_declared_dtype(answering: Answering, run_check: Run) -> None:
    one_unit = answering(lambda x: x + FORMATS["bfloat16"].spacing(np.maximum(np.abs(x), 1.0)), dtype="bfloat16")
    _, ulp = run_check(CHECK, one_unit)
    assert (ulp.status, ulp.unit) == (Status.PASS, "ulp")
    assert ulp.value == pytest.approx(1.0)


def test_a_saturated_score_is_infinitely_far(answering: Answering, run_check: Run) -> None:
    context = answering(lambda x: np.where(x == x[0], 1.0, to_probability(x)), Scale.PROBABILITY)
    _, ulp = run_check(CHECK, context)
    assert ulp.value == np.inf == to_log_odds(1.0)


def test_a_dtype_that_there_is_not_is_refused(answering: Answering, run_check: Run) -> None:
    with pytest.raises(UsageError, match="no dtype 'int8'"):
        run_check(CHECK, answering(rounded_to("float32"), dtype="int8"))
