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


PROFILES = {
    p.name: p
    for p in (
        Profile("smoke", examples=15, probes=48, repeats=3, resamples=1_000, timed_rounds=5),
        Profile("ci", examples=40, probes=96, repeats=5, resamples=2_000, timed_rounds=10),
        Profile("nightly", 200, probes=256, repeats=10, resamples=10_000, timed_rounds=30, calibrates=True),
        Profile("release", 500, probes=512, repeats=20, resamples=10_000, timed_rounds=50, calibrates=True),
    )
}


def profile(name: str) -> Profile:
    """The profile of that name; UsageError names the ones there are."""
    try:
        return PROFILES[name]
    except KeyError:
        raise UsageError(f"no profile {name!r}; profiles: {', '.join(PROFILES)}") from None
