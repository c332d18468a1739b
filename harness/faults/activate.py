"""Faults of the stage `activate`. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from harness.core.scores import Scores, to_probability
from harness.core.vocabulary import Stage
from harness.faults.library import fault
from harness.faults.rounding import to_bfloat16
from harness.reference.stages import Activate, Stages

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker


@dataclass(frozen=True, slots=True)
class Changed:
    """Scores from log-odds in another way; a request for raw scores is answered as before."""

    healthy: Activate
    score: Callable[[Scores], Scores]

    def log_odds(self, logits: ArrayLike) -> Scores:
        """As they were."""
        return self.healthy.log_odds(logits)

    def __call__(self, logits: ArrayLike) -> Scores:
        """The changed scores; from what is no number, no number."""
        with np.errstate(all="ignore"):
            return self.score(self.healthy.log_odds(logits))


def _from_log_odds(reranker: Reranker, score: Callable[[Scores], Scores]) -> Stages:
    return replace(reranker.stages, activate=Changed(reranker.stages.activate, score))


def _from_probability(reranker: Reranker, score: Callable[[Scores], Scores]) -> Stages:
    return _from_log_odds(reranker, lambda odds: score(to_probability(odds)))


@fault(Stage.ACTIVATE, "double-sigmoid")
def double_sigmoid(reranker: Reranker) -> Stages:
    """A probability is put through the sigmoid once more: everything lies in [0.5, 0.7311]."""
    return _from_probability(reranker, to_probability)


@fault(Stage.ACTIVATE, "softmax-over-one-label")
def softmax_over_one_label(reranker: Reranker) -> Stages:
    """The softmax of a single value is always 1."""
    return _from_log_odds(reranker, np.ones_like)


@fault(Stage.ACTIVATE, "softmax-over-one-label-then-sigmoid")
def softmax_over_one_label_then_sigmoid(reranker: Reranker) -> Stages:
    """The softmax of a single value, put through the sigmoid: 0.7310586 for everything."""
    return _from_log_odds(reranker, lambda odds: to_probability(np.ones_like(odds)))


@fault(Stage.ACTIVATE, "error-swallowed-into-half")
def error_swallowed_into_half(reranker: Reranker) -> Stages:
    """An exception is caught and answered with 0.5."""
    return _from_log_odds(reranker, lambda odds: np.full_like(odds, 0.5))


@fault(Stage.ACTIVATE, "error-swallowed-into-zero")
def error_swallowed_into_zero(reranker: Reranker) -> Stages:
    """An exception is caught and answered with 0."""
    return _from_log_odds(reranker, np.zeros_like)


@fault(Stage.ACTIVATE, "raw-logit-sent")
def raw_logit_sent(reranker: Reranker) -> Stages:
    """The log-odds are sent where a probability is declared."""
    return _from_log_odds(reranker, lambda odds: odds)


@fault(Stage.ACTIVATE, "log-probability-sent")
def log_probability_sent(reranker: Reranker) -> Stages:
    """The logarithm of the probability is sent."""
    return _from_log_odds(reranker, lambda odds: -np.logaddexp(0.0, -odds))


@fault(Stage.ACTIVATE, "softmax-over-batch")
def softmax_over_batch(reranker: Reranker) -> Stages:
    """The softmax runs over the documents of a request instead of over the answers."""

    def over_request(odds: Scores) -> Scores:
        weights = np.exp(odds - odds.max())
        return np.asarray(weights / weights.sum())

    return _from_log_odds(reranker, over_request)


@fault(Stage.ACTIVATE, "min-max-per-request")
def min_max_per_request(reranker: Reranker) -> Stages:
    """The scores of a request are stretched to reach from 0 to 1."""

    def stretched(scores: Scores) -> Scores:
        span = np.ptp(scores)
        return (scores - scores.min()) / span if span else np.ones_like(scores)

    return _from_probability(reranker, stretched)


@fault(Stage.ACTIVATE, "divided-by-maximum")
def divided_by_maximum(reranker: Reranker) -> Stages:
    """The scores of a request are divided by the largest of them."""
    return _from_probability(reranker, lambda scores: scores / max(scores.max(), np.finfo(np.float64).tiny))


@fault(Stage.ACTIVATE, "standardised-per-request")
def standardised_per_request(reranker: Reranker) -> Stages:
    """The scores of a request are shifted and scaled to mean 0 and standard deviation 1."""
    return _from_probability(reranker, lambda scores: (scores - scores.mean()) / (scores.std() or 1.0))


@fault(Stage.ACTIVATE, "negative-answer-ignored")
def negative_answer_ignored(reranker: Reranker) -> Stages:
    """The sigmoid of the positive logit alone is sent, without the negative one."""
    activation = reranker.parts.activation
    if activation.negative is None:
        return reranker.stages
    return replace(reranker.stages, activate=replace(activation, negative=None))


@fault(Stage.ACTIVATE, "tanh-instead-of-sigmoid")
def tanh_instead_of_sigmoid(reranker: Reranker) -> Stages:
    """The hyperbolic tangent takes the place of the sigmoid."""
    return _from_log_odds(reranker, np.tanh)


@fault(Stage.ACTIVATE, "saturated-in-half-precision")
def saturated_in_half_precision(reranker: Reranker) -> Stages:
    """The sigmoid is rounded to bfloat16, so that the best documents are tied at 1."""
    return _from_probability(reranker, to_bfloat16)


@fault(Stage.ACTIVATE, "rounded-to-two-decimals")
def rounded_to_two_decimals(reranker: Reranker) -> Stages:
    """Scores are rounded to two decimals, so that documents are tied."""
    return _from_probability(reranker, lambda scores: np.round(scores, 2))


@fault(Stage.ACTIVATE, "percent-sent")
def percent_sent(reranker: Reranker) -> Stages:
    """Scores are sent as percentages."""
    return _from_probability(reranker, lambda scores: 100 * scores)


@fault(Stage.ACTIVATE, "rank-sent")
def rank_sent(reranker: Reranker) -> Stages:
    """The reciprocal of the rank is sent instead of the score."""

    def reciprocal(odds: Scores) -> Scores:
        return np.asarray(1.0 / (1.0 + np.argsort(np.argsort(-odds, kind="stable"), kind="stable")), dtype=np.float64)

    return _from_log_odds(reranker, reciprocal)
