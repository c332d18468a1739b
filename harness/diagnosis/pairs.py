"""Which pairs of faults are worth a simulation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.core.vocabulary import Stage
from harness.diagnosis.answers import Answer, Zone, read
from harness.diagnosis.examination import Step
from harness.diagnosis.hypotheses import known_faults
from harness.diagnosis.simulation import BEHIND_HEAD
from harness.diagnosis.sources import Source
from harness.faults.catalogue import catalogue

#: Pairs simulated of those in which each fault changes what the model computes.
SIMULATED = 16
#: Stages whose variants read the states of a pass that was made already.
_READING = (Stage.HEAD, *BEHIND_HEAD)


def free_pairs(source: Source) -> Iterator[tuple[str, str]]:
    """Two faults at different stages of which one needs no forward pass."""
    return (pair for pair in _pairs(source) if any(_is_free(source, id) for id in pair))


def pairs_with_a_head(source: Source) -> Iterator[tuple[str, str]]:
    """Those of them in which the other reads the states in a way of its own: what may look like a random head."""
    return (pair for pair in free_pairs(source) if any(_stage(id) is Stage.HEAD for id in pair))


def pairs_with(source: Source, leading: str) -> list[tuple[str, str]]:
    """The leading fault with each of another stage that needs a forward pass of its own."""
    if _is_free(source, leading):
        return []
    found = [pair for pair in _pairs(source) if leading in pair]
    return [pair for pair in found if not any(_is_free(source, id) for id in pair)]


def dear_pairs(source: Source, step: Step, observed: Sequence[Answer]) -> list[tuple[str, str]]:
    """The pairs among the others whose effects, added up, come nearest to what was observed in the first request."""
    answer, pairs = observed[0], step.requests[0].pairs
    healthy, seen = _log_odds(source, (), pairs), _seen(answer)
    if healthy is None or seen is None:
        return []
    single = {id: _log_odds(source, (id,), pairs) for id in known_faults(source) if not _is_free(source, id)}
    far = {}
    for pair in _pairs(source):
        one, other = (single.get(id) for id in pair)
        if one is not None and other is not None:
            far[pair] = float(np.median(np.abs(one + other - healthy - seen)))
    return sorted(far, key=far.__getitem__)[:SIMULATED]


def _pairs(source: Source) -> Iterator[tuple[str, str]]:
    """Two faults at different stages, in the order of the stages."""
    return (pair for pair in combinations(known_faults(source), 2) if _stage(pair[0]) is not _stage(pair[1]))


def _is_free(source: Source, id: str) -> bool:
    return _stage(id) in _READING and id not in source.whole


def _stage(id: str) -> Stage:
    return catalogue()[id].stage


def _log_odds(source: Source, faults: tuple[str, ...], pairs: tuple[Pair, ...]) -> Scores | None:
    logits = source.logits(faults, pairs)
    return None if logits is None else source.activation.log_odds(logits)


def _seen(answer: Answer) -> Scores | None:
    """Log-odds of an answer; None where it has none."""
    if answer.problem:
        return None
    reading = read(answer)
    return reading.values if set(reading.zones) <= {Zone.INSIDE, Zone.RAW} else None
