"""What answers alone tell where there is no model to compare with: constants, ranges, symmetries, repeats.

The closed forms are those of the faults; a sign is no proof, so that no confidence is near 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from harness.core.scores import Scores
from harness.diagnosis.answers import Answer
from harness.diagnosis.examination import Step

Asked = Sequence[tuple[Step, tuple[Answer, ...]]]
#: Differences of scores that float32 cannot tell.
SAME = 1e-6
#: A score that repeats, or does not depend on its neighbours, may still move as far in half precision.
MOVEMENT = 4e-3
#: Constants → faults that give them, with the weight of each.
CONSTANTS = {
    0.5: (("head-zero", 0.5), ("error-swallowed-into-half", 0.4)),
    0.7310585786: (("softmax-over-one-label-then-sigmoid", 0.6), ("word-fragment-answers", 0.3)),
    0.6224593312: (("error-swallowed-into-half", 0.5), ("double-sigmoid", 0.3)),
    1.0: (("softmax-over-one-label", 0.7),),
    0.0: (("error-swallowed-into-zero", 0.6),),
}
#: How many times faster than any fresh request of its size an answer must come to have been kept from an earlier one.
KEPT = 3.0
#: Steps about documents that were not asked for before, as many as in the first request or more.
_FRESH = ("core", "control-tokens", "twins")
#: Tokens that the frame of a rerank prompt takes at least: the judge's message alone has about sixty.
FRAME = 40


@dataclass(frozen=True, slots=True)
class Sign:
    """A fault that would show as it was seen, and how sure that is."""

    fault: str
    confidence: float
    evidence: str


def remarks(asked: Asked) -> list[str]:
    """What is seen and is no fault by itself."""
    faster = _Told(asked).times_faster("repeat")
    return [f"a repeated request is answered {faster:.0f} times faster: answers are kept"] if faster >= KEPT else []


def signs(asked: Asked) -> list[Sign]:
    """What is seen, gravest first; nothing where the answers look sound."""
    told = _Told(asked)
    if malformed := list(_malformed(told)):
        return malformed
    if constant := list(_constant(told)):
        return constant
    found = [sign for look in _LOOKS for sign in look(told)]
    return sorted(found, key=lambda sign: -sign.confidence)


@dataclass(frozen=True)
class _Told:
    """Answers by the step that they were given to."""

    asked: Asked

    def answer(self, step: str) -> Answer | None:
        """The first answer of a step, if there was one."""
        found = (answers[0] for asked, answers in self.asked if asked.id == step)
        answer = next(found, None)
        return None if answer is None or answer.problem else answer

    def scores(self, step: str) -> Scores | None:
        """Its scores as they were sent."""
        answer = self.answer(step)
        return None if answer is None else np.array(answer.scores)

    @property
    def sent(self) -> str:
        """The step whose scores are sent by default."""
        return "activated" if self.answer("activated") else "core"

    def times_faster(self, step: str) -> float:
        """How many times faster a step was answered than any with fresh documents; 1 where that was not measured."""
        answer, fresh = self.answer(step), [self.answer(id) for id in _FRESH]
        measured = [found.seconds for found in fresh if found is not None and found.seconds]
        if answer is None or not answer.seconds or not measured:
            return 1.0
        return min(measured) / answer.seconds

    @property
    def requests(self) -> Iterator[tuple[Step, Answer]]:
        """Whole answers of probabilities with three documents or more."""
        for step, answers in self.asked:
            answer = answers[0]
            if not answer.problem and not answer.raw and len(answer.scores) > 2 and step.requests[0].top_n is None:
                yield step, answer


def _malformed(told: _Told) -> Iterator[Sign]:
    for step, answers in told.asked:
        for request, answer in zip(step.requests, answers, strict=True):
            count = len(request.pairs)
            if answer.problem:
                yield Sign("last-item-lost", 0.3, f"step {step.id}: {answer.problem[:120]}")
                return
            if request.top_n is None and answer.named is not None and answer.named != tuple(range(count)):
                yield _misnumbered(step.id, answer.named, count)
                return
            if not np.isfinite([answer.scores[place] for place in answer.named or range(count) if place < count]).all():
                yield Sign("nan-state", 0.5, f"step {step.id}: a score is no number")
                return


def _misnumbered(step: str, named: tuple[int, ...], count: int) -> Sign:
    evidence = f"step {step}: {count} documents, answered {list(named)[:12]}"
    if named == tuple(range(1, count + 1)):
        return Sign("index-from-one", 0.9, evidence)
    return Sign("last-item-lost" if len(named) < count else "index-doubled", 0.6, evidence)


def _constant(told: _Told) -> Iterator[Sign]:
    scores = told.scores(told.sent)
    if scores is None or len(scores) < 3 or np.ptp(scores) > SAME:
        return
    value = float(scores[0])
    for constant, faults in CONSTANTS.items():
        if abs(value - constant) < SAME:
            for fault, weight in faults:
                yield Sign(fault, weight, f"every score is {value:.7g}")
            return
    for fault, weight in (("first-token-read", 0.4), ("fields-empty", 0.3), ("document-empty", 0.2)):
        yield Sign(fault, weight, f"every document scores {value:.7g}")


def _range(told: _Told) -> Iterator[Sign]:
    answer = told.answer(told.sent)
    if answer is None or answer.raw:
        return
    scores = np.array(answer.scores)
    low, high = float(scores.min()), float(scores.max())
    shown = f"scores lie between {low:.4g} and {high:.4g}"
    if low >= 0.5 - SAME and high <= 0.7310586 + SAME:
        yield Sign("double-sigmoid", 0.8, shown)
    elif high <= 0:
        yield Sign("log-probability-sent", 0.7, shown)
    elif high > 1 and low >= 0:
        yield Sign("percent-sent", 0.6, shown)
    elif low < 0 and abs(float(scores.mean())) < SAME and abs(float(scores.std()) - 1) < 1e-3:
        yield Sign("standardised-per-request", 0.8, shown)
    elif low < -1 or high > 1:
        yield Sign("raw-logit-sent", 0.7, shown)
    elif low < 0:
        yield Sign("tanh-instead-of-sigmoid", 0.6, shown)
    elif np.abs(scores - np.round(scores, 2)).max() < SAME:
        yield Sign("rounded-to-two-decimals", 0.8, "no score has more than two decimals")


def _normalised(told: _Told) -> Iterator[Sign]:
    answers = [np.sort(answer.scores)[::-1] for _, answer in told.requests]
    if len(answers) < 2:
        return
    if all(abs(scores.sum() - 1) < 1e-4 for scores in answers):
        yield Sign("softmax-over-batch", 0.9, "the scores of each request add up to 1")
    elif all(np.allclose(scores, 1 / np.arange(1, len(scores) + 1), atol=SAME) for scores in answers):
        yield Sign("rank-sent", 0.95, "scores are 1, 1/2, 1/3 and so on")
    elif all(abs(scores[0] - 1) < SAME and abs(scores[-1]) < SAME for scores in answers):
        yield Sign("min-max-per-request", 0.9, "each request has a score of 1 and one of 0")
    elif all(abs(scores[0] - 1) < SAME for scores in answers):
        yield Sign("divided-by-maximum", 0.6, "the best score of each request is 1")


def _order(told: _Told) -> Iterator[Sign]:
    answer = told.answer("core")
    if answer is not None and answer.order in ("by document", "rising"):
        fault = "unsorted" if answer.order == "by document" else "sorted-ascending"
        yield Sign(fault, 0.7, f"results come {answer.order}")
    best = told.answer("top-n")
    if best is not None and best.named is not None and len(best.named) != 2:
        fault = "top-n-ignored" if len(best.named) > 2 else "top-n-off-by-one"
        yield Sign(fault, 0.9, f"top_n 2 gives {len(best.named)} results")


def _state(told: _Told) -> Iterator[Sign]:
    first, again = told.scores("core"), told.scores("repeat")
    if first is not None and again is not None and (moved := _moved(first, again)) > MOVEMENT:
        yield Sign("drift-over-repeats", 0.4, f"the same request scores up to {moved:.3g} differently")
    for place in (1, 3):
        alone = told.scores(f"alone-{place}")
        if first is not None and alone is not None and (moved := _moved(first[place - 1 : place], alone)) > MOVEMENT:
            yield Sign("mask-missing", 0.3, f"a document by itself scores {moved:.3g} differently")
            return


def _ignored(told: _Told) -> Iterator[Sign]:
    first, other, named = told.scores("core"), told.scores("other-query"), told.scores("instruction")
    if first is not None and other is not None and _moved(first, other) < SAME:
        yield from _kept_or_lost(told, "other-query", "another query", ("cache-without-query", "query-empty"))
    elif first is not None and named is not None and _moved(first, named) < SAME:
        lost = ("cache-without-instruction", "instruction-dropped")
        yield from _kept_or_lost(told, "instruction", "another instruction", lost)


def _kept_or_lost(told: _Told, step: str, what: str, faults: tuple[str, str]) -> Iterator[Sign]:
    """The same scores for something else: kept from an earlier request if they come at once."""
    kept, lost = faults
    shown, faster = f"{what} gives the very same scores", told.times_faster(step)
    if faster >= KEPT:
        yield Sign(kept, 0.8, f"{shown}, {faster:.0f} times faster than fresh documents")
    elif told.times_faster("repeat") >= KEPT:
        yield Sign(lost, 0.7, f"{shown}, and not as fast as a repeated request")
    else:
        yield Sign(lost, 0.5, shown)
        yield Sign(kept, 0.3, shown)


def _tokens(told: _Told) -> Iterator[Sign]:
    for step, answers in told.asked:
        answer, pairs = answers[0], step.requests[0].pairs
        words = sum(len((pair.query + " " + pair.document).split()) for pair in pairs)
        if step.id == "core" and answer.tokens is not None and answer.tokens - 2 * words < FRAME * len(pairs) / 2:
            told_of = f"{answer.tokens} tokens for {len(pairs)} pairs of {words} words: no room for a prompt"
            yield Sign("template-absent", 0.5, told_of)


def _moved(one: Scores, other: Scores) -> float:
    return float(np.abs(one - other).max(initial=0.0)) if len(one) == len(other) else 0.0


_LOOKS: tuple[Callable[[_Told], Iterator[Sign]], ...] = (_range, _normalised, _order, _state, _ignored, _tokens)
