"""Profiles differ in examples and data, not in what they claim."""

from __future__ import annotations

from dataclasses import dataclass

from harness.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class Profile:
    """How much data a verification uses."""

    name: str
    examples: int
    """Hypothesis examples for each property."""
    queries: int | None
    """Queries of the judged collection (spread over its slices); None: all of them."""
    probes: int
    """Pairs on which values and noise are measured."""
    repeats: int
    """How often the same request is sent where repeats are compared."""
    resamples: int
    """Bootstrap resamples and permutations."""
    timed_rounds: int
    """Rounds of a timing."""


PROFILES = {
    p.name: p
    for p in (
        Profile("smoke", examples=15, queries=None, probes=48, repeats=3, resamples=1_000, timed_rounds=5),
        Profile("ci", examples=40, queries=None, probes=96, repeats=5, resamples=2_000, timed_rounds=10),
        Profile("nightly", examples=200, queries=None, probes=256, repeats=10, resamples=10_000, timed_rounds=30),
        Profile("release", examples=500, queries=None, probes=512, repeats=20, resamples=10_000, timed_rounds=50),
    )
}


def profile(name: str) -> Profile:
    """The profile of that name; UsageError names the ones there are."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f"no profile {name!r}; profiles: {', '.join(PROFILES)}") from None
