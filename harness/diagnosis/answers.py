"""What came back for a request, and its scores as numbers that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from harness.core.scores import Scores, to_log_odds
from harness.reference.reply import Indexed

#: Log-odds beyond which a float32 probability cannot be told from 1, and from 0.
LARGEST, SMALLEST = 16.0, -80.0
#: Relative spacing of float32.
SINGLE = float(np.finfo(np.float32).eps) / 2
_TINY = float(np.finfo(np.float64).tiny)


class Zone(StrEnum):
    """What kind of number a score is."""

    INSIDE = "a probability"
    OUTSIDE = "outside [0, 1]"
    RAW = "log-odds"
    NONE = "no number"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request: scores by document (NaN where there is none), and how its lines were ordered.

    `order` says how lines followed each other ("" where that cannot be seen), `named` which documents they named, and
    `problem` is what came instead of an answer.
    """

    scores: tuple[float, ...] = ()
    raw: bool = False
    order: str = ""
    named: tuple[int, ...] | None = None
    problem: str = ""
    tokens: int | None = None
    seconds: float | None = field(default=None, compare=False)
    """How long it took, where that was measured."""


def answer_of(lines: Sequence[Indexed], count: int, *, raw: bool, ordered: bool, tokens: int | None = None) -> Answer:
    """The answer in a response to `count` documents; of lines for one document the first counts."""
    scores = [float("nan")] * count
    for line in reversed(lines):
        if 0 <= line.index < count:
            scores[line.index] = float(line.score)
    indices = [line.index for line in lines]
    named = tuple(sorted(indices))
    return Answer(tuple(scores), raw, order_of(lines) if ordered else "", named, tokens=tokens)


def order_of(lines: Sequence[Indexed]) -> str:
    """In a few words, how the lines of a response follow each other, and its ties among themselves."""
    scores = np.array([line.score for line in lines], dtype=np.float64)
    indices = [line.index for line in lines]
    steps = np.diff(scores)
    if len(lines) < 2 or not np.isfinite(scores).all():
        return ""
    if (steps <= 0).all():
        return f"falling, {_ties(indices, steps)}"
    if indices == sorted(indices):
        return "by document"
    return "rising" if (steps >= 0).all() else "neither"


def _ties(indices: Sequence[int], steps: Scores) -> str:
    turns = {indices[at + 1] > indices[at] for at in np.flatnonzero(steps == 0).tolist()}
    if not turns:
        return "no ties"
    return "ties mixed" if len(turns) == 2 else f"ties {'rising' if turns.pop() else 'falling'}"


@dataclass(frozen=True, slots=True)
class Reading:
    """Scores as numbers on a scale where noise is even: log-odds of probabilities, anything else as it is.

    `rounding` is how far each may be off for the digits it was written with.
    """

    zones: tuple[Zone, ...]
    values: Scores
    rounding: Scores


def read(answer: Answer, decimals: int | None = None) -> Reading:
    """The scores of an answer; `decimals` is what they were cut to, where they were cut."""
    scores = np.array(answer.scores, dtype=np.float64)
    named = set(answer.named) if answer.named is not None else set(range(len(scores)))
    zones = tuple(_zone(score, answer.raw, place in named) for place, score in enumerate(scores))
    inside = np.array([zone is Zone.INSIDE for zone in zones], dtype=bool)
    known = np.where(np.isfinite(scores), scores, 0.5)
    if decimals is None:
        step, smallest, largest = np.abs(known) * SINGLE, SMALLEST, LARGEST
    else:
        half = 0.5 * 10.0**-decimals
        known, step = np.round(known, decimals), np.full(len(known), half)
        smallest, largest = float(np.log(half)), float(-np.log(half))
    odds = np.clip(to_log_odds(np.where(inside, known, 0.5)), smallest, largest)
    slope = np.where(inside, known * (1 - known), 1.0)
    return Reading(zones, np.where(inside, odds, known), step / np.maximum(np.maximum(slope, step), _TINY))


def _zone(score: float, raw: bool, named: bool) -> Zone:
    if not named:
        return Zone.MISSING
    if not np.isfinite(score):
        return Zone.NONE
    if raw:
        return Zone.RAW
    return Zone.INSIDE if 0 <= score <= 1 else Zone.OUTSIDE
