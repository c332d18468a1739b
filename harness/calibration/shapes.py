"""Shapes of batches in which the same pairs are scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from harness.calibration.probes import Probe
from harness.core.scores import Scores

if TYPE_CHECKING:
    from harness.reference.pipeline import Reranker

#: Pairs of a small batch.
FEW = 4
#: Pairs beside a long one: eight rows, the long one included.
BESIDE = 7
#: A pair is padded much if it has at most this share of the long one's tokens.
SHORT = 0.5


class Shape(StrEnum):
    """What a pair is computed together with."""

    ALONE = "alone"
    SMALL = "small"
    """Four pairs of different lengths, padded."""
    FULL = "full"
    """As many pairs of similar length as the budget of tokens holds, padded."""
    BESIDE_LONG = "beside-long"
    """Seven short pairs padded to the length of the longest probe."""
    SHARED_PREFIX = "shared-prefix"
    """The prefix of a query computed once for all its documents, nothing padded."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Log-odds of the probes at `places`."""

    places: tuple[int, ...]
    logits: Scores


def scored(reranker: Reranker, probes: Sequence[Probe], shape: Shape) -> Scored | None:
    """The probes' log-odds as computed in batches of a shape; None where there is no such shape, be it that the model
    cannot share prefixes with this kernel, be it that no probe is short beside the longest. Shapes that pad much are
    computed of as many probes as cost no more than all of them alone.
    """
    pairs, places = [probe.pair for probe in probes], tuple(range(len(probes)))
    match shape:
        case Shape.ALONE:
            return Scored(places, reranker.log_odds(pairs, one_by_one=True))
        case Shape.FULL:
            return Scored(places, replace(reranker, shared=None, most_padding=1.0).log_odds(pairs))
        case Shape.SHARED_PREFIX:
            there_is = reranker.shared is not None and reranker.shared.stands_for(reranker.stages)
            return Scored(places, reranker.log_odds(pairs)) if there_is else None
        case Shape.SMALL:
            return _in_batches(reranker, probes, _small(probes))
        case Shape.BESIDE_LONG:
            return _in_batches(reranker, probes, _beside_the_longest(probes))


def _small(probes: Sequence[Probe]) -> Iterator[list[int]]:
    """Probes as they come, each longer than the one before until the lengths begin anew."""
    places = list(range(len(probes)))
    return (places[first : first + FEW] for first in range(0, len(probes), FEW))


def _beside_the_longest(probes: Sequence[Probe]) -> Iterator[list[int]]:
    """Each with short ones of all lengths."""
    *others, longest = sorted(range(len(probes)), key=lambda place: probes[place].tokens)
    short = [place for place in others if probes[place].tokens <= SHORT * probes[longest].tokens]
    step = max(1, -(-len(short) // BESIDE))
    return ([longest, *short[first::step]] for first in range(step) if short)


def _affordable(batches: Iterator[list[int]], probes: Sequence[Probe]) -> Iterator[list[int]]:
    """As many as have, padded, the tokens of all probes together, and one at least."""
    left = sum(probe.tokens for probe in probes)
    for number, batch in enumerate(batches):
        left -= len(batch) * max(probes[place].tokens for place in batch)
        if left < 0 and number:
            return
        yield batch


def _in_batches(reranker: Reranker, probes: Sequence[Probe], batches: Iterator[list[int]]) -> Scored | None:
    """Each batch by itself and whole, padded."""
    tokens = (BESIDE + 1) * max(probe.tokens for probe in probes)
    whole = replace(reranker, shared=None, tokens_per_batch=tokens, most_padding=1.0)
    found = {
        place: logit
        for batch in _affordable(batches, probes)
        for place, logit in zip(batch, whole.log_odds([probes[at].pair for at in batch]).tolist(), strict=True)
    }
    return Scored(tuple(found), np.array(list(found.values()))) if found else None
