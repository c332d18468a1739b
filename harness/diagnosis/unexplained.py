"""Where a deviation comes from that no fault of the library explains: the stage, as far as the answers tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from harness.core.pairs import Pair
from harness.core.vocabulary import Stage
from harness.diagnosis.answers import Answer, Zone, read
from harness.diagnosis.examination import Step
from harness.diagnosis.simulation import BEHIND_HEAD
from harness.diagnosis.sources import Source
from harness.faults.catalogue import catalogue

Asked = Sequence[tuple[Step, tuple[Answer, ...]]]
#: Share of the variance of log-odds that a straight line must explain to call scores a function of them.
ALMOST_ALL = 0.995


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The stage that the evidence points to, and the evidence."""

    stage: Stage
    evidence: str


def narrowed(asked: Asked, source: Source | None, limit: float) -> Narrowed:
    """The first sign that fits; deviations up to `limit` logits are noise."""
    signs = _Signs(asked, source, limit)
    for sign in (
        signs.malformed,
        signs.moving,
        signs.batched,
        signs.activated,
        signs.monotone,
        signs.counted,
        signs.texts,
    ):
        if found := sign():
            return found
    return Narrowed(
        Stage.FORWARD,
        "scores repeat, do not depend on the batch, and are no function of the right ones: what is computed is another "
        "thing, be it for another prompt, other ids or other weights",
    )


def miscounted(asked: Asked, source: Source, faults: Sequence[str]) -> str | None:
    """The first answer that counts other tokens than its prompts have under those faults; None where there is none."""
    before = tuple(id for id in faults if catalogue()[id].stage not in BEHIND_HEAD)
    for step, answers in asked:
        answer, pairs = answers[0], step.requests[0].pairs
        expected = None if answer.tokens is None else source.tokens(before, pairs)
        if expected is not None and answer.tokens != expected:
            return f"{answer.tokens} tokens are counted for {len(pairs)} prompts of {expected}"
    return None


@dataclass(frozen=True)
class _Signs:
    asked: Asked
    source: Source | None
    limit: float

    def malformed(self) -> Narrowed | None:
        """Answers that are none, or that lose documents."""
        for step, answers in self.asked:
            for request, answer in zip(step.requests, answers, strict=True):
                if answer.problem:
                    return Narrowed(Stage.REPLY, f"step {step.id}: {answer.problem[:160]}")
                whole = request.top_n is None
                if whole and answer.named is not None and answer.named != tuple(range(len(request.pairs))):
                    shown = list(answer.named)[:12]
                    return Narrowed(Stage.REPLY, f"step {step.id}: {len(request.pairs)} documents, answered {shown}")
                if any(zone is Zone.NONE for zone in read(answer).zones):
                    return Narrowed(Stage.FORWARD, f"step {step.id}: a score is no number")
        return None

    def moving(self) -> Narrowed | None:
        """The same request answered differently."""
        moved = self._apart("core", ("repeat", "after-long"))
        if moved is None:
            return None
        return Narrowed(Stage.STATE, f"the same request was answered up to {moved:.2g} logit differently")

    def batched(self) -> Narrowed | None:
        """A document scored differently by itself."""
        moved = self._apart("core", ("alone-1", "alone-3"))
        if moved is None:
            return None
        return Narrowed(Stage.BATCH, f"a document by itself scores up to {moved:.2g} logit differently")

    def activated(self) -> Narrowed | None:
        """Right scores of one kind beside wrong ones of the other: raw, and sent by default."""
        raw, sent = self._off("core"), self._off("activated")
        if raw is None or sent is None or (raw <= self.limit) is (sent <= self.limit):
            return None
        right, wrong = ("raw", "default") if raw <= self.limit else ("default", "raw")
        return Narrowed(Stage.ACTIVATE, f"{right} scores are right, {wrong} ones are {max(raw, sent):.2g} logit off")

    def monotone(self) -> Narrowed | None:
        """Scores that are a straight line of the right log-odds."""
        pairs = [(value, self._healthy[pair]) for pair, value in self._numbers if pair in self._healthy]
        if len({right for _, right in pairs}) < 5:
            return None
        seen, right = np.array(pairs).T
        share = float(np.corrcoef(seen, right)[0, 1] ** 2) if seen.std() and right.std() else 0.0
        slope = float(np.polyfit(right, seen, 1)[0]) if share > ALMOST_ALL else 0.0
        if slope and abs(slope - 1) > 0.01:
            return Narrowed(Stage.ACTIVATE, f"log-odds are the right ones times {slope:.3g} (R² {share:.4f})")
        return None

    def counted(self) -> Narrowed | None:
        """Another number of tokens than the prompts have."""
        told = None if self.source is None else miscounted(self.asked, self.source, ())
        return None if told is None else Narrowed(Stage.ASSEMBLE, told)

    def texts(self) -> Narrowed | None:
        """Only unusual texts are scored wrongly."""
        far = {step.id: self._off(step.id) for step, _ in self.asked}
        wrong = [id for id, off in far.items() if off is not None and off > self.limit]
        if wrong and set(wrong) <= {"control-tokens", "twins"}:
            return Narrowed(Stage.ENCODE, f"only unusual texts are scored wrongly (steps {', '.join(wrong)})")
        if wrong and set(wrong) <= {"long"}:
            return Narrowed(Stage.ENCODE, "only long documents are scored wrongly")
        if wrong and set(wrong) <= {"instruction", "instruction-alone"}:
            return Narrowed(Stage.ASSEMBLE, "only requests with an instruction are scored wrongly")
        return None

    @cached_property
    def _healthy(self) -> dict[Pair, float]:
        found: dict[Pair, float] = {}
        for step, _ in self.asked:
            for request in step.requests:
                logits = None if self.source is None else self.source.logits((), request.pairs)
                if logits is not None and self.source is not None:
                    found.update(zip(request.pairs, self.source.activation.log_odds(logits).tolist(), strict=True))
        return found

    @cached_property
    def _numbers(self) -> list[tuple[Pair, float]]:
        return [pair for step, _ in self.asked for pair in self._of(step.id).items()]

    def _of(self, wanted: str) -> dict[Pair, float]:
        """Log-odds that a step was answered with."""
        return {
            pair: value for step, answers in self.asked if step.id == wanted for pair, value in _values(step, answers)
        }

    def _off(self, step: str) -> float | None:
        """How far a step's scores are from the right ones, in logits; None where there is nothing to compare."""
        apart = [abs(value - self._healthy[pair]) for pair, value in self._of(step).items() if pair in self._healthy]
        return max(apart, default=None)

    def _apart(self, one: str, others: Sequence[str]) -> float | None:
        """The largest difference of a pair's scores between steps, where it is beyond noise."""
        first = self._of(one)
        seen = [(pair, value) for other in others for pair, value in self._of(other).items() if pair in first]
        worst = max((abs(value - first[pair]) for pair, value in seen), default=0.0)
        return worst if worst > self.limit else None


def _values(step: Step, answers: Sequence[Answer]) -> Iterator[tuple[Pair, float]]:
    for request, answer in zip(step.requests, answers, strict=True):
        if not answer.problem:
            reading = read(answer)
            for pair, zone, value in zip(request.pairs, reading.zones, reading.values, strict=True):
                if zone in (Zone.INSIDE, Zone.RAW):
                    yield pair, float(value)
