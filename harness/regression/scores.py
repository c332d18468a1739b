"""Scores of a run beside a base: which moved beyond noise, which documents changed places for it, and what is tied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from harness.core.comparison import Flip, Judgement, MovedScore, ScoreChanges
from harness.core.scores import Scores
from harness.regression.allowance import Allowance
from harness.regression.joined import Joined, distance
from harness.statistics.corrections import westfall_young

#: As many moved scores and flips as are worth reading.
MOST = 50


def compare_scores(queries: Sequence[Joined], allowance: Allowance, *, alpha: float) -> ScoreChanges | None:
    """Every pair that both runs scored; None where they have none in common.

    Judged worse where scores moved in every take: values that change without a reason are a regression, whichever way
    they go. What moved in some takes and is back in others, or moves no farther than the run's own takes, is flaky.
    Worse, too, where ties are broken in another way in more queries than chance would have it.
    """
    if not queries:
        return None
    moved = [found for query in queries for found in _moved(query, allowance)]
    flips = [flip for query in queries for flip in _flips(query, allowance)]
    flaky = sum(found.judgement is Judgement.FLAKY for found in moved)
    ties = np.array([_ties(query) for query in queries])
    (ties_p_value,) = westfall_young((ties[:, 1] - ties[:, 0])[:, None].astype(np.float64))
    turned = not allowance.elsewhere and ties_p_value <= alpha
    return ScoreChanges(
        compared=sum(query.digits.size for query in queries), noise_logit=allowance.noise, moved_count=len(moved),
        flaky_count=flaky, flipped_count=len(flips), ties_apart=int(ties.sum()),
        largest_logit=max(float(query.apart[0].max(initial=0.0)) for query in queries),
        moved=tuple(sorted(moved, key=_size, reverse=True)[:MOST]),
        flips=tuple(sorted(flips, key=lambda flip: flip.gap_logit, reverse=True)[:MOST]),
        judgement=_judgement(len(moved) - flaky, flaky, turned), ties_p_value=ties_p_value,
        message=_about_ties(ties, ties_p_value) if turned and len(moved) == flaky else "",
    )  # fmt: skip


def _moved(query: Joined, allowance: Allowance) -> Iterator[MovedScore]:
    """Documents beyond noise in any take: drift where every take is beyond what the run's takes do themselves."""
    apart = query.apart
    beyond = np.asarray((apart > allowance.noise + query.digits).any(axis=0))
    drift = np.asarray((apart > allowance.drift + query.digits).all(axis=0))
    takes = distance(query.run[1:], query.run[:1]).max(axis=0, initial=0.0)
    for n in np.flatnonzero(beyond):
        yield MovedScore(
            query.recorded.query, query.recorded.documents[n], float(query.base[0, n]), float(query.run[0, n]),
            float(takes[n]) if len(query.run) > 1 else None, Judgement.WORSE if drift[n] else Judgement.FLAKY,
        )  # fmt: skip


def _size(moved: MovedScore) -> float:
    return float(distance(moved.base_logit, moved.run_logit))


def _flips(query: Joined, allowance: Allowance) -> Iterator[Flip]:
    """Pairs that stand apart by more than noise in every take of both runs, in opposite orders."""
    before = (query.base[:, :, None] - query.base[:, None, :]).min(axis=0)
    now = (query.run[:, None, :] - query.run[:, :, None]).min(axis=0)
    limit = allowance.noise + np.maximum(query.digits[:, None], query.digits[None, :])
    grades = query.recorded.grades or (0,) * query.digits.size
    documents = query.recorded.documents
    for above, below in zip(*np.nonzero((before > limit) & (now > limit)), strict=True):
        yield Flip(
            query.recorded.query, documents[above], documents[below], float(before[above, below]),
            grades[above] - grades[below],
        )  # fmt: skip


def _ties(query: Joined) -> tuple[int, int]:
    """Pairs of documents that are tied in the base alone, and in the run alone: in as many takes as both have."""
    takes = min(len(query.base), len(query.run))
    base, run = (_tied(logits[:takes]) for logits in (query.base, query.run))
    return int((base & ~run).sum()), int((run & ~base).sum())


def _tied(logits: Scores) -> NDArray[np.bool_]:
    """Which pairs have one score in every take, each pair once; shape (documents, documents)."""
    equal: NDArray[np.bool_] = (logits[:, :, None] == logits[:, None, :]).all(axis=0)
    return np.triu(equal, 1)


def _judgement(drifted: int, flaky: int, turned: bool) -> Judgement:
    if drifted or turned:
        return Judgement.WORSE
    return Judgement.FLAKY if flaky else Judgement.UNCHANGED


def _about_ties(ties: NDArray[np.int_], p_value: float) -> str:
    lost, made = ties.sum(axis=0)
    told = f"{int(lost)} pairs of documents that were tied have two scores now, and {int(made)} that had two are tied"
    return f"ties are broken in another way: {told} (p {p_value:.2g})"
