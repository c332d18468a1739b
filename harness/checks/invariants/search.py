"""Search for counter-examples: generation apart from scoring, and shrinking only where something was found.

Hypothesis draws all examples first, without scoring anything; so a slow model does not look like a slow strategy, and
the profile's number of examples is the number of requests. Only a violation is shrunk, with the target as oracle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from harness.core.errors import TargetError

T = TypeVar("T")
#: The target may be asked this many times to shrink a counter-example, for each example of the search.
SHRINK_CALLS = 10


@dataclass(frozen=True, slots=True)
class Searched(Generic[T]):
    """The worst violation of a property over `examples`, and the smallest example found that violates the limit.

    `refused` are those that the target answered with an error: they neither keep nor break the property.
    """

    worst: float
    examples: int
    refused: int
    smallest: T | None


@dataclass
class _Oracle(Generic[T]):
    """Whether an example violates the limit. Remembers its answers, so that a replay gets the same one from a target
    that moves, and asks no more than `calls` times: what is not known by then is no counter-example.
    """

    violation: Callable[[T], float]
    limit: float
    calls: int
    answers: dict[str, bool] = field(default_factory=dict)

    def __call__(self, example: T) -> bool:
        key = repr(example)
        if key not in self.answers:
            self.answers[key] = len(self.answers) < self.calls and self._violates(example)
        return self.answers[key]

    def _violates(self, example: T) -> bool:
        found = _asked(self.violation, example)
        return found is not None and found > self.limit


def draw(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """`count` examples, the same ones in every run."""
    drawn: list[T] = []

    @_quiet(count, Phase.generate)
    @given(strategy)
    def collect(example: T) -> None:
        drawn.append(example)

    collect()
    return drawn


def search(strategy: st.SearchStrategy[T], violation: Callable[[T], float], limit: float, count: int) -> Searched[T]:
    """Score `count` examples by `violation` (0: holds); where one exceeds `limit`, shrink it to a small one."""
    examples = draw(strategy, count)
    judged = [(found, example) for example in examples if (found := _asked(violation, example)) is not None]
    worst = max((found for found, _ in judged), default=0.0)
    violating = [example for found, example in judged if found > limit]
    smallest = None
    if violating:
        shrunk = _shrink(strategy, _Oracle(violation, limit, SHRINK_CALLS * count), count)
        smallest = min([*violating, *shrunk], key=lambda example: len(repr(example)))
    return Searched(worst, len(examples), len(examples) - len(judged), smallest)


def _shrink(strategy: st.SearchStrategy[T], violates: _Oracle[T], count: int) -> list[T]:
    """The smallest example that Hypothesis finds, if it meets one at all within `count` new examples."""
    try:
        return [find(strategy, violates, settings=_quiet(count, Phase.generate, Phase.shrink))]
    except NoSuchExample:
        return []


def _asked(violation: Callable[[T], float], example: T) -> float | None:
    """The violation, or None where the target refuses the example."""
    try:
        return violation(example)
    except TargetError:
        return None


def _quiet(count: int, *phases: Phase) -> settings:
    """Reproducible, without a database, and without complaints that scoring is slow."""
    return settings(
        max_examples=count, deadline=None, database=None, derandomize=True, phases=phases,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
