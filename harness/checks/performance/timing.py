"""Timing a request: warmed up, the device synchronised before the clock is read, the timed answers kept."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from harness.checks.context import Context
from harness.checks.tolerance import distance, tolerance
from harness.core.pairs import Pair
from harness.core.scores import Scores


@dataclass(frozen=True, slots=True)
class TimedRequest:
    """One request of the collection, to be asked again and again."""

    context: Context
    pairs: tuple[Pair, ...]

    @classmethod
    def largest(cls, context: Context) -> TimedRequest:
        """The query with the most candidates."""
        judged = context.collection
        query = max(judged.queries, key=lambda q: len(judged.candidates[q]))
        return cls(context, tuple(Pair(judged.queries[query], text) for text in judged.texts(query)))

    def __call__(self) -> Scores:
        """Ask once and wait for the device; returns the log-odds of the timed answer."""
        answer = self.context.fresh_logits(self.pairs)
        self.context.device.synchronize()
        return answer


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each round, and the answer of each."""

    seconds: Scores
    answers: tuple[Scores, ...]

    def deviation(self, expected: Scores) -> float:
        """The largest difference of a timed answer from the untimed one, in logits."""
        return max(float(distance(answer, expected).max()) for answer in self.answers)


def time_rounds(ask: TimedRequest, rounds: int) -> Timing:
    """Time `rounds` calls after one that warms up."""
    ask()
    seconds, answers = [], []
    for _ in range(rounds):
        started = time.perf_counter()
        answers.append(ask())
        seconds.append(time.perf_counter() - started)
    return Timing(np.array(seconds), tuple(answers))


def answers_limit(context: Context) -> float:
    """How far a timed answer may be from the untimed one, in logits."""
    return tolerance(context)[0]
