"""Search for counter-examples: generation apart from scoring, and shrinking only where something was found.

Hypothesis draws all examples first, without scoring anything; so a slow model does not look like a slow strategy, and
the profile's number of examples is the number of requests. Only a violation is shrunk, with the target as oracle.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from harness.core.errors import TargetError

T = TypeVar("T")
_QUIET = list(HealthCheck)


@dataclass(frozen=True, slots=True)
class Searched(Generic[T]):
    """The worst violation of a property over `examples`, and the smallest example found that violates the limit."""

    worst: float
    examples: int
    smallest: T | None


def draw(strategy: st.SearchStrategy[T], count: int) -> list[T]:
    """`count` examples, the same ones in every run."""
    drawn: list[T] = []

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=_QUIET,
    )  # fmt: skip
    @given(strategy)
    def collect(example: T) -> None:
        drawn.append(example)

    collect()
    return drawn


def search(strategy: st.SearchStrategy[T], violation: Callable[[T], float], limit: float, count: int) -> Searched[T]:
    """Score `count` examples by `violation` (0: holds); where one exceeds `limit`, shrink it to a small one."""
    examples = draw(strategy, count)
    violations = [violation(example) for example in examples]
    worst = max(violations, default=0.0)
    smallest = _shrink(strategy, violation, limit, count) if worst > limit else None
    return Searched(worst, len(examples), smallest)


def _shrink(strategy: st.SearchStrategy[T], violation: Callable[[T], float], limit: float, count: int) -> T | None:
    """The smallest example that Hypothesis finds; at most 20 calls of the target for each example of the search."""
    chosen = settings(
        max_examples=20 * count, deadline=None, database=None, derandomize=True, suppress_health_check=_QUIET,
        phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    try:
        return find(strategy, lambda example: violation(example) > limit, settings=chosen)
    except (NoSuchExample, TargetError):
        return None
