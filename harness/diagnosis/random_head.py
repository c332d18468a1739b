"""Whether scores are those of some random head: a head that nobody can simulate, since its weights are not known.

With weights drawn at random, log-odds of pairs are Gaussian, with the products of the states that are read as their
covariance (a linear model with a Gaussian prior: Rasmussen and Williams, Gaussian Processes for Machine Learning, 2.1).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harness.core.pairs import Pair
from harness.core.scores import Scores
from harness.diagnosis.answers import LARGEST, SMALLEST, Answer, Zone, read
from harness.diagnosis.examination import Step
from harness.diagnosis.sources import Source

#: Standard deviations of the unknown weights' products with the states that are tried, in logits.
WIDTHS = np.geomspace(0.03, 100, 12)

#: Pairs below which any line goes through the scores.
FEWEST = 8


def log_evidence(source: Source, asked: Sequence[tuple[Step, tuple[Answer, ...]]], noise: float) -> float | None:
    """Log-probability of the first answer about each pair, under a random head; None where it cannot be told."""
    pairs, values = _numbers(asked)
    gram = source.gram(pairs) if len(pairs) >= FEWEST else None
    if gram is None:
        return None
    scaled = gram / np.mean(np.diag(gram))
    floor = noise**2 + 1e-12
    return max(_log_density(values, width**2 * scaled + floor * np.eye(len(values))) for width in WIDTHS)


def incomplete(asked: Sequence[tuple[Step, tuple[Answer, ...]]]) -> int:
    """Answers that are none, or that do not name each document: no head explains those."""
    return sum(
        bool(answer.problem) or (request.top_n is None and answer.named not in (None, tuple(range(len(request.pairs)))))
        for step, answers in asked
        for request, answer in zip(step.requests, answers, strict=True)
    )


def _numbers(asked: Sequence[tuple[Step, tuple[Answer, ...]]]) -> tuple[tuple[Pair, ...], Scores]:
    """Pairs and the log-odds that each had first, as far as there are any."""
    found = [
        (pair, value)
        for step, answers in asked
        for request, answer in zip(step.requests, answers, strict=True)
        if not answer.problem
        for reading in (read(answer),)
        for pair, zone, value in zip(request.pairs, reading.zones, reading.values, strict=True)
        if zone in (Zone.INSIDE, Zone.RAW) and SMALLEST < value < LARGEST
    ]
    first = dict(reversed(found))
    return tuple(first), np.array(list(first.values()))


def _log_density(values: Scores, covariance: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    """Of a Gaussian around zero."""
    eigenvalues, vectors = np.linalg.eigh(covariance)
    eigenvalues = np.maximum(eigenvalues, 1e-12)
    whitened = vectors.T @ values
    return float(-0.5 * (np.sum(whitened**2 / eigenvalues) + np.sum(np.log(2 * np.pi * eigenvalues))))
