"""Profiles differ in examples and data, not in what they claim."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from harness.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Profile:
    """How much data a verification uses."""

    name: str
    examples: int
    """Hypothesis examples for each property."""
    probes: int
    """Pairs on which values and noise are measured."""
    repeats: int
    """How often the same request is sent where repeats are compared."""
    resamples: int
    """Bootstrap resamples and permutations."""
    timed_rounds: int
    """Rounds of a timing."""
    calibrates: bool = False
    """Whether tolerances are measured over all kernels and batch shapes, as `calibrate` does."""
    timed_requests: tuple[tuple[int, int], ...] = ((10, 100),)
    """Requests that the reference and its peers are timed on: documents, and tokens of each."""
    takes: int = 1
    """How often the judged collection is asked for, so that what comes and goes is told from what has moved."""


_SMALL = ((1, 20), (10, 100))
_ALL = tuple(product((1, 10, 100), (20, 100, 400)))
PROFILES = {
    p.name: p
    for p in (
        Profile("smoke", examples=15, probes=48, repeats=3, resamples=1_000, timed_rounds=5),
        Profile("ci", examples=40, probes=96, repeats=5, resamples=2_000, timed_rounds=10, timed_requests=_SMALL),
        Profile("nightly", 200, 256, 10, 10_000, timed_rounds=30, calibrates=True, timed_requests=_ALL, takes=2),
        Profile("release", 500, 512, 20, 10_000, timed_rounds=50, calibrates=True, timed_requests=_ALL, takes=2),
    )
}


def profile(name: str) -> Profile:
    """The profile of that name; UsageError names the ones there are."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f"no profile {name!r}; profiles: {', '.join(PROFILES)}") from None
